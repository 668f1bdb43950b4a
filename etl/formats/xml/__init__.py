"""The formats that are XML: .ods and XML Spreadsheet 2003."""
