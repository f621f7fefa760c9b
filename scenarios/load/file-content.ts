const contents = new Map<number, string>()
const line = 'What is uploaded has to come back as it was, byte for byte; a line of 80 letters..\n'

/** The same text for each file of a size: made once, and known when it comes back. */
export function fileContent(bytes: number): string {
  let content = contents.get(bytes)
  if (content === undefined) {
    content = line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes)
    contents.set(bytes, content)
  }
  return content
}
