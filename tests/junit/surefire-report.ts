import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

const schema = readFileSync(new URL('surefire-report.xsd', import.meta.url), 'utf8')

/** What the schema of Surefire's reports says against a JUnit file. */
export async function wrongInJunit(xml: string): Promise<string[]> {
  const { valid, errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema })
  const said = errors.map(each => each.message)
  return valid || said.length > 0 ? said : ['not valid']
}
