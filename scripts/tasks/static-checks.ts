import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface StaticCheck {
  name: string
  failed: boolean
  /** What the tool printed. */
  output: string
}

/** Types and lint, side by side. The import table and the lint of k6 code are tests. */
export function staticChecks(): Promise<StaticCheck[]> {
  return Promise.all([
    runTool('types', 'tsc', ['--noEmit', '--pretty', 'false']),
    runTool('lint', 'biome', ['check', '--no-errors-on-unmatched', '--max-diagnostics=50', '.']),
  ])
}

function runTool(name: string, tool: string, args: readonly string[]): Promise<StaticCheck> {
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 }
  return new Promise(resolve => {
    execFile(join(root, 'node_modules/.bin', tool), args, options, (error, stdout, stderr) =>
      resolve({ name, failed: error !== null, output: `${stdout}${stderr}`.trim() }),
    )
  })
}

export function printCheck({ name, failed, output }: StaticCheck): void {
  console.log(failed ? `${output}\n${name}: failed` : `${name}: ok`)
}
