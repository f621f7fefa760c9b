import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseSections } from '../../conformance/cases/catalogue.ts'
import { placeCases } from '../../conformance/runner/select.ts'
import { seededUniform } from '../../protocol/seeded.ts'
import { faults } from '../../reference-server/faults/registry.ts'
import type { Stacks } from '../conform/stacks.ts'
import { startReference } from '../conform/start-reference.ts'
import { matrixOf, renderMatrix } from './matrix.ts'
import { survivors } from './survivors.ts'
import { tryFaults } from './try-faults.ts'

// Every day another sample; `npm run faults` tries them all.
const seed = Math.floor(Date.now() / 86_400_000)
const sampled = 8
const uniform = seededUniform(seed, 'sample of faults')
const sample = faults
  .filter(each => each.inConformance !== undefined && survivors[each.name] === undefined)
  .map(fault => ({ fault, key: uniform() }))
  .toSorted((a, b) => a.key - b.key)
  .slice(0, sampled)
  .map(({ fault }) => fault)

describe('a sample of the planted faults', () => {
  let target: Stacks
  beforeAll(async () => {
    target = await startReference({ instances: 1 })
  })
  afterAll(() => target.stop())

  it.each(sample)(`$name is caught (seed ${seed})`, async fault => {
    const cases = placeCases(caseSections)
    const [row] = await tryFaults({
      faults: [fault],
      cases,
      stacks: target.stacks,
      seed,
      isThorough: false,
      done: () => {},
    })
    expect(row!.caughtBy, JSON.stringify(row)).toHaveLength(1)
  })
})

it('the matrix tells what caught a fault, and why another survived', () => {
  const rows = [
    {
      fault: 'b',
      does: 'B.',
      rules: ['CS-001'],
      caughtBy: [{ case: 'CS-001/x', rule: 'CS-001' }],
      alsoFailed: [],
      casesRun: 1,
    },
    {
      fault: 'a',
      does: 'A.',
      rules: ['CS-002'],
      caughtBy: [],
      alsoFailed: [{ case: 'CS-003/x', rule: '' }],
      casesRun: 2,
    },
  ]
  const text = renderMatrix(matrixOf(rows, []), { a: 'nobody sees it' })
  expect(text).toContain('\n1 of 2 caught (50.0 %).\n')
  expect(text).toContain('\n| `a` | A. | CS-002 | **survived**: nobody sees it | CS-003/x (error) |\n')
  expect(text).toContain('\n| `b` | B. | CS-001 | CS-001/x (CS-001) |  |\n')
})
