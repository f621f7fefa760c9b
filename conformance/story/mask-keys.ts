/** Secure keys, in JSON and in forms, and credentials: nothing that is printed or stored carries one. */
export function maskKeys(text: string): string {
  return text
    .replace(/("secure-?key"\s*:\s*")[^"]*/gi, '$1…')
    .replace(/(\bsecure-?key=)[^&\s]*/gi, '$1…')
    .replace(/(name="secureKey"\r?\n\r?\n)[^\r\n]*/gi, '$1…')
    .replace(/(authorization: \w+ )\S+/gi, '$1…')
}
