import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildSchemas } from './build.ts'
import { readSchemas, resultNames, schemaFolder } from './read-schemas.ts'

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map(file => [file, readFileSync(join(folder, file), 'utf8')]))

it('schemas/generated is what the schemas generate (else run schemas/build.ts)', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'chatgauge-schemas-'))
  try {
    await buildSchemas({ outDir })
    const generated = contents(outDir)
    const committed = contents(join(schemaFolder, 'generated'))
    expect(Object.keys(committed)).toEqual(Object.keys(generated))
    for (const [file, content] of Object.entries(generated)) expect(committed[file] === content, file).toBe(true)
  } finally {
    rmSync(outDir, { recursive: true })
  }
})

it('generated modules are self-contained: no import, no require', () => {
  for (const [file, content] of Object.entries(contents(join(schemaFolder, 'generated'))))
    if (file.endsWith('.js')) expect(content.match(/\brequire\(|^import /m), file).toBeNull()
})

/** Keywords that assert something; `if` and `allOf` only lead to others. */
const asserting = new Set(
  'type enum const required minimum minLength maxLength pattern minItems maxItems contains not anyOf'.split(' '),
)

it.each(readSchemas().filter(({ name }) => !resultNames.includes(name)))(
  'each assertion of $name cites a rule',
  ({ schema }) => {
    expect(withoutRule(schema, '#')).toEqual([])
  },
)

function withoutRule(schema: unknown, at: string): string[] {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return []
  const { 'x-rule': rules, ...keywords } = schema as Record<string, unknown>
  const found: string[] = []
  for (const [keyword, value] of Object.entries(keywords)) {
    const isKnown = typeof rules === 'string' || (rules as Record<string, string> | undefined)?.[keyword] !== undefined
    if (asserting.has(keyword) && !isKnown && !isRepeatedType(keyword, keywords)) found.push(`${at}/${keyword}`)
    // What is below a condition, `not`, `anyOf` or `contains` never reports itself.
    if (keyword === 'properties')
      for (const [member, inner] of Object.entries(value as object))
        found.push(...withoutRule(inner, `${at}/properties/${member}`))
    else if (keyword === 'allOf')
      for (const [place, inner] of (value as unknown[]).entries())
        found.push(...withoutRule(inner, `${at}/allOf/${place}`))
    else if (['items', 'then', 'else', 'additionalProperties'].includes(keyword))
      found.push(...withoutRule(value, `${at}/${keyword}`))
  }
  return found
}

/** `type` beside `allOf` of a part that asserts the same: the part reports it. */
function isRepeatedType(keyword: string, keywords: Record<string, unknown>): boolean {
  return keyword === 'type' && keywords.allOf !== undefined
}
