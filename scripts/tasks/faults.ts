import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { caseSections } from '../../conformance/cases/catalogue.ts'
import { placeCases } from '../../conformance/runner/select.ts'
import { faults } from '../../reference-server/faults/registry.ts'
import { buildAll } from '../build.ts'
import { startReference } from '../conform/start-reference.ts'
import { type FaultRow, matrixOf, renderMatrix } from '../faults/matrix.ts'
import { survivors } from '../faults/survivors.ts'
import { tryFaults } from '../faults/try-faults.ts'
import { didYouMean } from '../program/did-you-mean.ts'
import { findPrograms } from './find-programs.ts'
import { runVitest } from './run-vitest.ts'

const usage = `npm run faults                     every fault, by conformance cases and by load runs
npm run faults -- any-key …        these faults, by conformance cases; writes nothing
npm run faults -- --no-runs        without the load runs`
const leastShare = 0.98

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { 'no-runs': { type: 'boolean' }, help: { type: 'boolean' } },
})
const known = faults.map(each => each.name)
const unknown = names.find(name => !known.includes(name))
if (values.help) console.log(usage)
else if (unknown !== undefined) {
  console.error(`faults: there is no fault ${unknown}${didYouMean(unknown, known)}`)
  process.exitCode = 2
} else {
  const isGood = await byCases()
  const isSeen = names.length > 0 || values['no-runs'] ? true : await byRuns()
  process.exitCode = isGood && isSeen ? 0 : 1
}
process.exit()

async function byCases(): Promise<boolean> {
  const wanted = faults.filter(
    each => each.inConformance !== undefined && (names.length === 0 || names.includes(each.name)),
  )
  const begun = performance.now()
  const seed = Math.floor(Math.random() * 4_294_967_296)
  const target = await startReference()
  let rows: FaultRow[]
  try {
    rows = await tryFaults({
      faults: wanted,
      cases: placeCases(caseSections),
      stacks: target.stacks,
      seed,
      isThorough: names.length > 0,
      done: row => console.log(rowLine(row)),
    })
  } finally {
    await target.stop()
  }
  const matrix = matrixOf(rows, faults)
  if (names.length === 0) {
    writeFileSync(new URL('../../docs/fault-matrix.md', import.meta.url), renderMatrix(matrix, survivors))
    writeFileSync(new URL('../../docs/fault-matrix.json', import.meta.url), `${JSON.stringify(matrix, null, 2)}\n`)
  }
  const survived = rows.filter(row => row.caughtBy.length === 0).map(row => row.fault)
  const unexplained = survived.filter(name => survivors[name] === undefined)
  const stale = Object.keys(survivors).filter(name => rows.some(row => row.fault === name && row.caughtBy.length > 0))
  for (const name of unexplained) console.log(`survived without a reason in scripts/faults/survivors.ts: ${name}`)
  for (const name of stale) console.log(`listed in scripts/faults/survivors.ts, but caught: ${name}`)
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  console.log(`${matrix.caught} of ${rows.length} faults caught by conformance cases (${seconds} s, seed ${seed})`)
  return rows.length > 0 && matrix.caught / rows.length >= leastShare && unexplained.length === 0 && stale.length === 0
}

function rowLine({ fault, rules, caughtBy, alsoFailed, casesRun }: FaultRow): string {
  const list = (found: FaultRow['caughtBy']) =>
    found.map(each => `${each.case} names ${each.rule || 'nothing'}`).join(', ')
  if (caughtBy.length > 0) return `✓ ${fault}  ${list(caughtBy)}`
  const others = alsoFailed.length > 0 ? `; failed: ${list(alsoFailed)}` : ''
  return `✗ ${fault}  breaks ${rules.join(', ')}: no case of ${casesRun} caught it${others}`
}

/** The faults of whole runs with k6: each must be caught, and named first. */
async function byRuns(): Promise<boolean> {
  const missing = await findPrograms()
  if (missing.length > 0) {
    console.error(`faults: ${missing.join(', ')} is missing, the load runs are left out`)
    return false
  }
  await buildAll()
  const { passed, failed } = await runVitest(['tests/runs/faults-in-'])
  console.log(`${passed} caught by load runs, ${failed} missed`)
  return failed === 0 && passed > 0
}
