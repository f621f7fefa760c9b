import { describe, expect, test } from 'vitest'
import type { Result } from '../schemas/generated/types.ts'
import { renderReport } from './html-report.ts'
import { escapeHtml } from './page/html.ts'
import { readSample, sampleNames } from './samples/read-sample.ts'

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>" ' & \u202e\u0000 😀`
const longest = 500_000

/** Every text of a result that can come from outside, replaced. */
function withHostileTexts(text: string): Result {
  const result = readSample('fail')
  result.scenario = text
  result.verdict.sentence = text
  result.verdict.reasons = [{ exit: 1, kind: 'arrived-wrong', code: text, text }]
  result.options = { [text]: text, list: [text, text] }
  result.target = { url: text, reference: false, service: text, fault: text }
  result.violations.byRule = [
    {
      rule: text,
      count: 1,
      what: text,
      judged: true,
      example: { at: text, session: text, pointer: text, expected: text, found: text, message: text },
    },
  ]
  result.notes = [text]
  result.coverage.notes = [text]
  result.coverage.kinds = { [text]: 1 }
  result.ledger.sources = [{ name: text, what: text, count: 1 }]
  result.ledger.imbalances = [text]
  result.ledger.byType = { [text]: { expected: 1, delivered: 1, covered: 0, lost: 0, open: 0 } }
  result.thresholds = [
    { metric: text, expression: text, limit: 1, value: 1, samples: 1, verdict: 'pass', isDefault: true, text },
  ]
  result.processes = [{ name: text, cpuMean: 0, cpuMax: 0, loopDelayP99Ms: 0, heapMaxBytes: 0 }]
  result.environment.os = text
  return result
}

function attributesOf(page: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value as string)
}

const withoutData = (page: string) => page.replace(/<script type="application\/json"[\s\S]*?<\/script>/, '')

function embeddedResult(page: string): unknown {
  return JSON.parse(/<script type="application\/json" id="result">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? 'null')
}

/** Opening and closing tags pair up: a text that got out of its place would break this. */
function unpairedTags(page: string): string[] {
  const open: string[] = []
  const unpaired: string[] = []
  for (const [, slash, tag, rest] of withoutData(page).matchAll(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>/gi)) {
    const name = (tag as string).toLowerCase()
    if (['meta', 'link', 'br', 'img'].includes(name) || rest?.endsWith('/')) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) unpaired.push(name)
  }
  return [...unpaired, ...open]
}

describe.each(sampleNames)('report of sample %s', name => {
  const result = readSample(name)
  const page = renderReport(result)

  test('is the same bytes each time', () => {
    expect(renderReport(readSample(name))).toBe(page)
  })

  test('fetches nothing and runs nothing', () => {
    const parts = withoutData(page)
    const references = [
      ...attributesOf(parts, 'src'),
      ...attributesOf(parts, 'href'),
      ...attributesOf(parts, 'xlink:href'),
      ...attributesOf(parts, 'action'),
    ]
    expect(references.filter(reference => !reference.startsWith('#'))).toEqual(['data:,'])
    expect(parts).not.toMatch(/@import|url\((?!#)|<script|<iframe|<object|<img|\son[a-z]+="/i)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`)
  })

  test('is small enough to be mailed', () => {
    expect(page.length).toBeLessThan(longest)
  })

  test('holds the result as data', () => {
    expect(embeddedResult(page)).toEqual(result)
  })

  test('names every picture and describes it', () => {
    const pictures = [...page.matchAll(/<svg role="img"[^>]*aria-labelledby="([^"]+)">([\s\S]*?)<\/svg>/g)]
    expect(pictures.length).toBeGreaterThanOrEqual(4)
    for (const [, labels, inside] of pictures) {
      const [title, description] = (labels as string).split(' ')
      expect(inside).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`))
      expect(inside).not.toMatch(/<style|class="zr|NaN|undefined/)
    }
  })

  test('has headings in order, unique ids, and labels that exist', () => {
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level))
    expect(levels.filter(level => level === 1)).toEqual([1])
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([])
    const ids = attributesOf(page, 'id')
    expect(ids).toEqual([...new Set(ids)])
    const labels = attributesOf(page, 'aria-labelledby').flatMap(value => value.split(' '))
    expect(labels.filter(label => !ids.includes(label))).toEqual([])
    expect(page).not.toMatch(/<th(?! scope=)[ >]/)
    expect(unpairedTags(page)).toEqual([])
  })

  test('shows verdict, sentence and every reason', () => {
    for (const text of [result.verdict.sentence, ...result.verdict.reasons.map(reason => reason.text)]) {
      expect(page).toContain(escapeHtml(text))
    }
    expect(page).toContain(`${result.verdict.word.toUpperCase()}</h1>`)
  })

  test('shows no raw undefined, NaN or object', () => {
    expect(withoutData(page)).not.toMatch(/undefined|NaN|\[object|Infinity/)
  })
})

test('hostile texts stay texts', () => {
  const page = renderReport(withHostileTexts(hostile))
  const parts = withoutData(page)
  expect(parts).not.toMatch(/<script|<img|\u202e/)
  expect(unpairedTags(page)).toEqual([])
  expect(parts.split('⟨U+202E⟩⟨U+0000⟩').length).toBeGreaterThan(20)
  expect(embeddedResult(page)).toEqual(withHostileTexts(hostile))
})

test('a word of 10 KB changes nothing about the page around it', () => {
  expect(unpairedTags(renderReport(withHostileTexts('x'.repeat(10_000))))).toEqual([])
})

test('the longest run stays below the size limit and says that its data are cut', () => {
  const result = readSample('interrupted')
  const noise = (seed: number) =>
    Array.from({ length: 600 }, (_, i) => 1 + ((i * 7919 + seed * 104_729) % 99_991) / 1000)
  const series = Object.keys(result.metrics)
  result.intervals.columns = {
    ...Object.fromEntries(
      ['messages', 'pushes', 'refreshes', 'pings', 'sessions_live'].map((name, i) => [name, noise(i)]),
    ),
    ...Object.fromEntries(
      series.flatMap((name, i) => ['p50', 'p90', 'p99', 'max'].map((of, j) => [`${name}_${of}`, noise(i * 4 + j + 9)])),
    ),
  }
  const page = renderReport(result)
  expect(page.length).toBeLessThan(longest)
  expect(page).toContain('result.json beside it has all of them')
  expect((page.match(/<[a-z]/g) ?? []).length).toBeLessThan(5000)
})

test('a run that could not start, with nothing measured, still has its report', () => {
  const result = readSample('pass')
  const empty: Result = {
    ...result,
    verdict: {
      exit: 2,
      word: 'could not run',
      sentence: 'the target does not answer',
      reasons: [{ exit: 2, kind: 'could-not-run', text: 'connection refused' }],
    },
    options: {},
    phases: [],
    metrics: {},
    counters: {},
    rates: {},
    thresholds: [],
    validity: [],
    processes: [],
    clocks: [],
    ledger: {
      expected: 0,
      delivered: 0,
      covered: 0,
      lost: 0,
      open: 0,
      posts: 0,
      repeated: 0,
      duplicate: 0,
      foreign: 0,
      refused: 0,
      balanced: true,
      imbalances: [],
      sources: [],
    },
    intervals: { seconds: 1, start: result.startedAt, columns: {} },
  }
  const page = renderReport(empty)
  expect(page).toContain('COULD NOT RUN</h1>')
  expect(withoutData(page)).not.toMatch(/undefined|NaN|Infinity/)
})

test('too few samples and lower bounds are said in words', () => {
  expect(renderReport(readSample('tiny'))).toContain('not enough samples (n = 300; p99 needs 368)')
  expect(renderReport(readSample('invalid'))).toContain('≥ 10,000 ms')
})
