import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { replaceFile } from './replace-file.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const schemaFolder = join(root, 'schemas')
const generatedFolder = join(schemaFolder, 'generated')
const stampFile = join(root, 'dist/.schemas')

/** Generates schemas/generated anew when a schema or the generator changed. @returns the files that became others. */
export async function buildSchemasIfNewer(): Promise<string[]> {
  const digest = digestOfSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest) return []
  const temporary = mkdtempSync(join(tmpdir(), 'chatgauge-schemas-'))
  try {
    // Loads AJV and prettier: only when there is something to generate.
    const { buildSchemas } = await import('../schemas/build.ts')
    await buildSchemas({ outDir: temporary })
    mkdirSync(generatedFolder, { recursive: true })
    const changed = readdirSync(temporary).filter(file =>
      replaceFile(join(generatedFolder, file), readFileSync(join(temporary, file), 'utf8')),
    )
    mkdirSync(join(root, 'dist'), { recursive: true })
    replaceFile(stampFile, digestOfSources())
    return changed.map(file => `schemas/generated/${file}`)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function digestOfSources(): string {
  const hash = createHash('sha256')
  for (const folder of [schemaFolder, generatedFolder]) {
    const files = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
    const names = files.filter(each => each.isFile() && !each.name.endsWith('.test.ts')).map(each => each.name)
    for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex')
}
