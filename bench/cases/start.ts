import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchCase } from '../case.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const mostSeconds = 60

export const benchCase: BenchCase = {
  name: 'start',
  what: '`npm start` with warm caches: wall time to its verdict, which has to be PASS',
  bound: '<= 60 s',
  async run(say) {
    const startedAt = performance.now()
    const child = spawn('npm', ['start', '--silent'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    const words: string[] = []
    child.stdout.setEncoding('utf8').on('data', text => words.push(text))
    const [code] = await once(child, 'exit')
    const seconds = (performance.now() - startedAt) / 1000
    const lines = words.join('').trimEnd().split('\n')
    for (const line of lines) say(line)
    return {
      figure: `${seconds.toFixed(1)} s`,
      absolute: `one run, exit code ${code}`,
      verdict: code === 0 && seconds <= mostSeconds ? 'holds' : 'broken',
      ...(code !== 0 && { note: lines[0] ?? '' }),
    }
  },
}
