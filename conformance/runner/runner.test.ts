import { describe, expect, it, test } from 'vitest'
import type { Case } from '../case.ts'
import { knownFailingList, readKnownFailing } from './known-failing.ts'
import { countVerdicts, judgeCase, judgeRun } from './result.ts'
import { runSuite } from './run-suite.ts'
import { type PlacedCase, type Selection, selectCases } from './select.ts'
import { accepted, fakeStack, jsonAnswer, performanceForTests } from './stack-for-tests.ts'
import { noticedMs } from './try-again.ts'
import { weigh } from './verdict.ts'

const placed = (id: Case['id'], more: Partial<Case> = {}, section = 'transport'): PlacedCase => ({
  area: 'chat-v2',
  section,
  case: { id, title: id, rules: [id.split('/')[0]!], run: async () => {}, ...more },
})
const all = [
  placed('CV2-002/get'),
  placed('CV2-005/multipart'),
  placed('CV2-087/after-send', { needs: ['agent'] }, 'send-and-refresh'),
]
const nothing: Selection = { only: [], skip: [], cases: [] }
const ids = (list: readonly PlacedCase[]) => list.map(each => each.case.id)

describe('selection', () => {
  test.each<[Partial<Selection>, string[]]>([
    [{}, ['CV2-002/get', 'CV2-005/multipart', 'CV2-087/after-send']],
    [{ only: ['customer'] }, ['CV2-002/get', 'CV2-005/multipart']],
    [{ only: ['SHOULD'] }, ['CV2-005/multipart']],
    [{ only: ['cv2-087'] }, ['CV2-087/after-send']],
    [{ only: ['CV2-00*'] }, ['CV2-002/get', 'CV2-005/multipart']],
    [{ only: ['send-and-refresh'] }, ['CV2-087/after-send']],
    [{ only: ['chat-v2'], skip: ['CV2-002'] }, ['CV2-005/multipart', 'CV2-087/after-send']],
    [{ cases: ['*/get'] }, ['CV2-002/get']],
  ])('%j', (wanted, expected) => {
    expect(ids(selectCases(all, { ...nothing, ...wanted }))).toEqual(expected)
  })

  it('a word that fits nothing is refused with the nearest one', () => {
    expect(() => selectCases(all, { ...nothing, only: ['transprot'] })).toThrow('did you mean transport?')
    expect(() => selectCases(all, { ...nothing, cases: ['CV2-002/gat'] })).toThrow('did you mean CV2-002/get?')
  })
})

describe('known failing', () => {
  const list = knownFailingList([{ case: 'CV2-00*', reason: 'old release' }])
  it('covers what its pattern fits', () => {
    expect([list.reasonOf('CV2-002/get'), list.reasonOf('CV2-087/after-send')]).toEqual(['old release', undefined])
  })
  it('a listed case that passes, and an entry that fits nothing, are problems', () => {
    const ran = [
      { id: 'CV2-002/get', hasFailed: true },
      { id: 'CV2-005/multipart', hasFailed: false },
    ]
    expect(list.problems(ran, ids(all))).toEqual(['known failing: CV2-00* is listed, but CV2-005/multipart passed'])
    expect(knownFailingList([{ case: 'CS-*', reason: 'x' }]).problems([], ids(all))).toEqual([
      'known failing: CS-* matches no case',
    ])
  })
  test.each([
    ['{}', 'an array of {"case", "reason"} is needed'],
    ['[{"case":"a"}]', 'entry 1: both case and reason are needed'],
    ['[{"case":"a","reason":"b","rule":"c"}]', 'entry 1: there is no member rule'],
    ['[', 'file.json: '],
  ])('%s is refused', (text, why) => {
    expect(() => readKnownFailing(text, 'file.json')).toThrow(why)
  })
})

test.each([
  ['CV2-087', false, 'failed'],
  ['CV2-100', false, 'failed'],
  ['CV2-006', false, 'informational'],
  ['CV2-036', false, 'warned'],
  ['CV2-108', true, 'informational'],
  ['CV2-108', false, 'failed'],
  ['CV2-085', true, 'warned'],
] as const)('on a foreign target %s (edge: %s) is %s', (rule, isEdge, expected) => {
  expect(weigh({ rule, isEdge }, false)).toBe(expected)
  expect(weigh({ rule, isEdge }, true)).toBe('failed')
})

it('cases that need a stack for themselves run after the others, skipped ones not at all', async () => {
  const order: string[] = []
  const story = (name: string) => async () => void order.push(name)
  const done: string[] = []
  await runSuite({
    cases: [
      placed('CV2-001/alone', { alone: true, run: story('alone') }),
      placed('CV2-002/shared', { run: story('shared') }),
      placed('CV2-003/agent', { needs: ['agent'], run: story('agent') }),
    ],
    stacks: [fakeStack(() => jsonAnswer(accepted))],
    lanes: 2,
    seed: 1,
    performance: performanceForTests,
    skip: each => (each.case.needs?.includes('agent') ? 'no agent' : undefined),
    done: (each, outcome) => void done.push(`${each.case.id} ${'skipped' in outcome ? 'skipped' : outcome.verdict}`),
  })
  expect(order).toEqual(['shared', 'alone'])
  expect(done).toEqual(['CV2-003/agent skipped', 'CV2-002/shared passed', 'CV2-001/alone passed'])
})

it('in the order given, on a stack that is not shared, nothing is moved behind, and each case is prepared', async () => {
  const order: string[] = []
  const story = (name: string) => async () => void order.push(name)
  await runSuite({
    cases: [
      placed('CV2-001/alone', { alone: true, run: story('alone') }),
      placed('CV2-002/shared', { run: story('shared') }),
    ],
    stacks: [fakeStack(() => jsonAnswer(accepted))],
    lanes: 1,
    seed: 1,
    isOrdered: true,
    performance: performanceForTests,
    skip: () => undefined,
    before: async () => void order.push('prepared'),
    done: () => {},
  })
  expect(order).toEqual(['prepared', 'alone', 'prepared', 'shared'])
})

it('a case that failed while the suite stood still is prepared and tried again', async () => {
  const order: string[] = []
  let outcome: unknown
  await runSuite({
    cases: [
      placed('CV2-001/x', {
        async run({ must }) {
          const isFirst = order.length === 1
          order.push('tried')
          const endsAt = performance.now() + (isFirst ? noticedMs + 100 : 0)
          while (performance.now() < endsAt);
          must.equal(isFirst, false)
        },
      }),
    ],
    stacks: [fakeStack(() => jsonAnswer(accepted))],
    lanes: 1,
    seed: 1,
    performance: performanceForTests,
    skip: () => undefined,
    before: async () => void order.push('prepared'),
    done(_, told) {
      outcome = told
    },
  })
  expect(order).toEqual(['prepared', 'tried', 'prepared', 'tried'])
  const found = expect.stringMatching(/^CV2-001: a value is different.*: expected false, found true$/)
  expect(outcome).toMatchObject({ verdict: 'passed', discarded: [{ stoodStillMs: expect.any(Number), found }] })
})

it('the order of cases follows from the seed', async () => {
  const orderOf = async (seed: number) => {
    const order: string[] = []
    const cases = Array.from({ length: 9 }, (_, i) =>
      placed(`CV2-00${i}/x` as Case['id'], { run: async () => void order.push(`${i}`) }),
    )
    const run = { cases, stacks: [fakeStack(() => jsonAnswer(accepted))], lanes: 1, seed, skip: () => undefined }
    await runSuite({ ...run, performance: performanceForTests, done: () => {} })
    return order.join('')
  }
  expect(await orderOf(1)).toBe(await orderOf(1))
  expect(await orderOf(1)).not.toBe(await orderOf(2))
})

describe('the verdict of a run', () => {
  const facts = { target: 'reference', seconds: '1.0', ruleCount: 2, wasInterrupted: false }
  const judging = {
    isOurs: true,
    knownFailing: knownFailingList([{ case: 'CV2-002/*', reason: 'old' }]),
    isVerbose: false,
  }
  const outcome = (verdict: 'passed' | 'failed') => ({ verdict, broken: [], turns: [], durationMs: 1 })
  const verdictOf = (list: ('passed' | 'failed' | 'skipped')[], problems: string[] = []) => {
    const cases = list.map((each, i) =>
      judgeCase(all[i]!, each === 'skipped' ? { skipped: 'no agent' } : outcome(each), judging),
    )
    const { exit, sentence } = judgeRun(countVerdicts(cases), problems, facts)
    return [exit, sentence]
  }
  test.each([
    [['passed', 'passed'], 0, 'reference: 2 cases of 2 rules, 0 failed (1.0 s)'],
    [['failed', 'passed'], 0, 'reference: 2 cases of 2 rules, 0 failed, 1 known failing (1.0 s)'],
    [['passed', 'failed'], 1, 'reference: 2 cases of 2 rules, 1 failed (1.0 s)'],
    [['skipped', 'skipped'], 3, 'reference: nothing was tested, all 2 cases skipped'],
  ] as const)('%j is exit %d', (list, exit, sentence) => {
    expect(verdictOf([...list])).toEqual([exit, sentence])
  })
  it('a wrong known-failing list fails a run without failures', () => {
    expect(verdictOf(['passed'], ['known failing: x matches no case'])[0]).toBe(1)
  })
})
