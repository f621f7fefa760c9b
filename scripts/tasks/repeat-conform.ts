import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { caseSections } from '../../conformance/cases/catalogue.ts'
import { runSuite } from '../../conformance/runner/run-suite.ts'
import { placeCases } from '../../conformance/runner/select.ts'
import { startReference } from '../conform/start-reference.ts'

// Does the suite ever raise a false alarm? Whole, in random order, against the clean server; each run adds a line.
const stored = fileURLToPath(new URL('../../docs/conform-repetitions.ndjson', import.meta.url))

interface Repetition {
  at: string
  seed: number
  cases: number
  /** Ids of cases that did not pass, with the reason. */
  alarms: string[]
  /** One core was kept busy meanwhile. */
  isBusy: boolean
  rotatesKeys: boolean
  seconds: number
  loadBefore: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'rotate-keys': { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
})
const count = Number(positionals[0] ?? 2)
if (!Number.isInteger(count) || count < 1) {
  console.error('npm run repeat-conform -- 40 [--rotate-keys] [--dry-run]')
  process.exit(2)
}
let alarms = 0
for (let i = 0; i < count; i++) {
  const done = await repeat(i % 2 === 1)
  alarms += done.alarms.length
  if (!values['dry-run']) appendFileSync(stored, `${JSON.stringify(done)}\n`)
  const how = `${done.isBusy ? 'one core busy' : 'idle'}, ${done.seconds} s, seed ${done.seed}`
  console.log(`${i + 1} of ${count}: ${done.alarms.length} alarms in ${done.cases} cases (${how})`)
  for (const alarm of done.alarms) console.log(`    ${alarm}`)
}
const all = existsSync(stored)
  ? readFileSync(stored, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Repetition)
  : []
const wrong = all.filter(each => each.alarms.length > 0).length
console.log(`${all.length} repetitions are stored, ${wrong} of them with a false alarm`)
process.exit(alarms > 0 ? 1 : 0)

async function repeat(isBusy: boolean): Promise<Repetition> {
  const seed = Math.floor(Math.random() * 4_294_967_296)
  const rotatesKeys = values['rotate-keys'] === true
  const [loadBefore] = loadavg() as [number, number, number]
  const busy = isBusy ? new Worker('for (;;);', { eval: true }) : undefined
  const begun = performance.now()
  const target = await startReference({ set: rotatesKeys ? ['refserver.rotate-secure-key=every-response'] : [] })
  const found: string[] = []
  let cases = 0
  let sessions = 0
  try {
    await runSuite({
      cases: placeCases(caseSections),
      stacks: target.stacks,
      lanes: 2,
      seed,
      performance: { run: seed.toString(36), nextSession: () => ++sessions, timeLimitMs: 90_000, isStrict: true },
      skip: () => undefined,
      done(each, outcome) {
        if ('skipped' in outcome) return
        cases += 1
        const [first] = outcome.broken
        if (outcome.verdict !== 'passed') found.push(`${each.case.id}: ${first?.message ?? outcome.problem}`)
      },
    })
  } finally {
    await target.stop()
    await busy?.terminate()
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  return { at: new Date().toISOString(), seed, cases, alarms: found, isBusy, rotatesKeys, seconds, loadBefore }
}
