import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const sourceEndings = ['.ts', '.mts', '.js', '.mjs', '.cjs']

/** Paths from the root of all sources below the given folders, generated declarations left out. */
export function sourceFiles(folders: readonly string[]): string[] {
  return folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(each => each.isFile() && sourceEndings.some(ending => each.name.endsWith(ending)))
      .filter(each => !each.name.endsWith('.d.ts'))
      .map(each => join(each.parentPath, each.name).slice(root.length))
      .filter(file => !file.startsWith('reports/out/') && !file.includes('node_modules/'))
      .sort(),
  )
}
