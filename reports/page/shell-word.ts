/** A word of a command line that is shown, in a shell's quotes where it needs them. */
export function shellWord(text: string): string {
  return /^[\w.,:/=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
