/** What comes from the network neither steers a terminal nor begins a line of its own. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '�')
}
