// Keeps the session's token until the browser is closed. A script on the page could read it:
// Streamlit offers no answer of its own in which to set an HttpOnly cookie.
export default function cookie({ data }) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${data.name}=${data.token}; Path=/; SameSite=Strict${secure}`;
}
