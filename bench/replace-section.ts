/** Puts `section` in the place of the one with this heading, or at the end. An empty one changes nothing. */
export function replaceSection(markdown: string, name: string, section: string): string {
  if (section === '') return markdown
  const heading = `## ${name}\n`
  const from = `\n${markdown}`.indexOf(`\n${heading}`)
  if (from < 0) return `${markdown.trimEnd()}\n\n${section}`
  const next = markdown.indexOf('\n## ', from + heading.length)
  return markdown.slice(0, from) + (next < 0 ? section : `${section}\n${markdown.slice(next + 1)}`)
}
