"""All indicators a second time, in pandas, from the texts of the catalogue alone.

Whoever wrote the model had not read `sql/` models or `etl/` code. It reads the rows that are
promises (catalogue, codes, profile, columns of the forms) and imports nothing of `etl` or
`warehouse`; only `loading.py` and `served.py`, the product's side, do.

In the suite: the sample and the worlds of a few seeds. The campaign, which no run of the suite has
time for: `python -m tests.recount 1 2000 --jobs 2`, and `--sample 11` for a sample of another seed;
what it last said stands in `docs/measurements/recount.md`.

Readings: where the design is silent, what its users would expect is taken; where a disagreement was
decided, the reason stands with it:

R01  An append (补报) makes no month known; its rows count whatever its dates.
R02  A workbook of which every row was handed back replaces nothing and makes no month known.
R03  A slice is held when a row of its months vanishes with a death, when a death of one identity
     falls, or when more than a fifth of the rows it replaces vanish. 核销 is no loss. What it names
     but hands back has neither vanished nor been replaced; what 补报 brought never vanishes.
R04  Replacement is by month: a ledger speaks for every month from its period's first day to its
     data's day, the last one perhaps only to a day.
R05  A blank 是否生产经营性 counts as 是, a blank 是否责任事故 as 是 (责任尚未认定的按责任事故计).
R06  无人员伤亡 means no death, no serious and no minor injury.
R07  A hazard is judged on the data's day of its own sender: overdue when the deadline lies before
     that day (or the month's end), due within the span up to and including it.
R08  A hazard is done when its state is 已验收 or 已销号: on 验收日期, else 销号日期, else the
     data's day of the ledger it stands in. A closing day before the finding day closes nothing.
R09  Rectified: 待验收, 已验收, 已销号; on 整改完成日期, else done; 待验收 without a date on the
     data's day of the first accepted ledger in which it stands so.
R10  An enterprise is trained from the month in which the last principal on its roster lines (of
     that category; over all categories: of all) passed within the plan year: 到期末 is of the span.
R11  A person holds a certificate from the month of training to the month of expiry; counted once,
     and where there are several posts only in months in which that of each is valid.
R12  Duties of a dataset begin with the newest month its first receipt speaks for (undone receipts
     aside). Before it a month counts as due and reported where a ledger speaks for it whole.
R13  A duty by quarter or year is due in the last month of its period.
R14  A month known to a day only fulfils no duty yet.
R15  Hazards of a town are spoken for by the town's own ledger; what lies in a department, in 市直
     or 未归属, and inspections by place, are totals of all senders.
R16  Many senders: every sender of the calendar counts as due in every month (also before it).
R17  A stated total replaces the dated rows of a unit only in a month no ledger covers whole, and
     only where it is larger; by department the surplus is 未归属. A total of 全市 alone: 未归属.
R18  The whole area knows a month by totals where every town and zone is stated, or 全市 is; where
     some are, a month no ledger speaks for is incomplete, as a total of many senders.
R19  Fire, vehicle and larger-incident figures cannot know what only totals know: hole.
R20  A stock carried over (沿用) keeps its value, without change, status or rank.
R21  Targets are judged for 1—N月 and whole years within their period, on the printed value.
R22  双下降, 保持零事故 and 达标 of a ceiling are withheld where what is in doubt would undo them:
     unplaced cases of the span (of a unit that reports for itself, those of its own ledger) and
     rows handed back, of the total too; deaths that cannot be read may be any number.
R23  零报告 of a unit is withheld (value 0 stays) while the span has unplaced cases of that
     indicator: a case that is not 较大 leaves 较大 at 零报告.
R24  A row handed back counts against its sender in all items from the month it may lie in on, until
     it is replaced: nobody can say that it was done. A major hazard without place or deadline
     counts from its finding, while it is open; in 闭环率 and 整改率 also to the end of the year in
     which it was found, closed or not (no place: 整改率 too). 逾期 asks for open ones only.
R25  An item of the score without a whole figure (hole, open, carried, none) is a missing report;
     incomplete totals stay in. 0 due: 没有应计事项; below the minimum: 分母过少; both are spread.
R26  得分率 is rounded to ten-thousandths; earned points are points × the printed rate, so that
     paper and machine agree.
R27  A roster of a plan year describes the whole year.
R28  An incomplete zero is a value, not 零报告.
R30  零报告 is said of counts only: a rate or a verdict of 0 is a value.
R31  A blank 检查单位 is the sender's own inspection.
R32  Of two tables with one data's day of which one states no filing day, the later receipt is
     newer; a third stands before the first table that is surely newer than it.
R33  零报告 and 保持零事故 are withheld (0 stays) in spans in which a row handed back may lie: its
     readable day, if that is in its table's period, else anywhere in the period; of a stock from
     that month on. Also when an older version of it stands: the new one may say something else.
     It waits until a newer table names it readably or speaks for all months it may lie in; handed
     back once more, it is one row in doubt.
R34  A figure over all categories is held against what the targets of all its categories say alike.
R35  A month known to a day is open at the end of a span and a hole before it: nobody will speak for
     the rest. Of many senders it is open only where none is known whole, else incomplete.
R36  A span nobody spoke for is 未报, with its parts if any; with an amount it is a hole.
R37  At the end of an incomplete span 未达标 is said where no unit still to come could mend it: a
     ceiling passed, or less than the whole where the whole is demanded.
R38  A row handed back whose older version still counts is counted by that, and not once more
     against its sender.
R39  A row that came when a newer ledger already spoke for its day was never in force: it takes
     nothing, of a 补报 that it lists too, and holds nothing.
R29  A denominator that is nothing: 不适用 where the span is known, 未报 where nothing is.
"""
