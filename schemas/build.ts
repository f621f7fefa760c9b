import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { partNames, readSchemas, schemaFolder } from './read-schemas.ts'
import { writeTypes } from './write-types.ts'
import { writeValidators } from './write-validators.ts'

/** Writes what `schemas/generated/` holds; run this file after a change of a schema. */
export async function buildSchemas(options: { outDir: string }): Promise<void> {
  const all = readSchemas()
  const result = all.find(({ name }) => name === 'result')!
  const messages = all.filter(schema => schema !== result)
  const sent = messages.filter(({ name }) => !partNames.includes(name))
  // result.json apart: k6 bundles carry the validators of messages and nothing else.
  const files = {
    validators: await writeValidators(messages, sent, { allErrors: false }),
    'every-error-validators': await writeValidators(messages, sent, { allErrors: true }),
    'result-validator': await writeValidators([result], [result], { allErrors: true }),
  }
  mkdirSync(options.outDir, { recursive: true })
  for (const [name, { code, declarations }] of Object.entries(files)) {
    writeFileSync(join(options.outDir, `${name}.js`), code)
    writeFileSync(join(options.outDir, `${name}.d.ts`), declarations)
  }
  writeFileSync(join(options.outDir, 'types.ts'), await writeTypes(messages, result))
}

if (import.meta.main) await buildSchemas({ outDir: join(schemaFolder, 'generated') })
