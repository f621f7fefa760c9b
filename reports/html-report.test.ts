import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { homedir, tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import type { Result } from '../schemas/generated/types.ts'
import { sampleComparison } from './comparison/sample.ts'
import { renderReport } from './html-report.ts'
import { escapeHtml } from './page/html.ts'
import type { Zoom } from './page/zoom-script.ts'
import { hostileText, longWord, withHostileTexts } from './samples/hostile.ts'
import { hourResult } from './samples/hour.ts'
import { readSample, sampleNames } from './samples/read-sample.ts'

/** A mail server takes it, and a browser opens it at once. */
const mostBytes = 1_500_000
const mostElements = 5000

function attributesOf(page: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => value as string)
}

/** The page without its data and without its own script. */
const withoutData = (page: string) => page.replace(/<script(?: type="application\/json")?[ >][\s\S]*?<\/script>/g, '')

/** Script elements that a browser runs. */
const runningScripts = (page: string) => [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text!)
const elementsOf = (page: string) => withoutData(page).match(/<[a-z]/g)?.length ?? 0

function embeddedResult(page: string): unknown {
  return JSON.parse(/<script type="application\/json" id="result">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? 'null')
}

/** Series that figures zoom into, and those of them that the page has the data of. */
function zoomedColumns(page: string): { drawn: string[]; held: string[] } {
  const texts = attributesOf(page, 'data-zoom').map(text => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'"))
  const drawn = texts.flatMap(text => (JSON.parse(text) as Zoom).lines.map(({ column }) => column))
  const { columns } = (embeddedResult(page) as Result).intervals
  return { drawn, held: drawn.filter(column => column in columns) }
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

  test('fetches nothing', () => {
    const parts = withoutData(page)
    const references = [
      ...attributesOf(parts, 'src'),
      ...attributesOf(parts, 'href'),
      ...attributesOf(parts, 'xlink:href'),
      ...attributesOf(parts, 'action'),
    ]
    expect(references.filter(reference => !reference.startsWith('#'))).toEqual(['data:,'])
    expect(parts).not.toMatch(/@import|url\((?!#)|<script|<iframe|<object|<img|\son[a-z]+="/i)
  })

  test('runs one script, which its policy knows by the hash', () => {
    const scripts = runningScripts(page)
    expect(scripts.length).toBe(1)
    const hash = createHash('sha256').update(scripts[0]!).digest('base64')
    expect(page).toContain(
      `content="default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:;`,
    )
  })

  test('is small enough to be mailed', () => {
    expect(page.length).toBeLessThan(mostBytes / 3)
    expect(elementsOf(page)).toBeLessThan(mostElements)
  })

  test('zooms into series that it holds', () => {
    const { drawn, held } = zoomedColumns(page)
    expect(drawn).toEqual(held)
    expect(drawn).toContain('push_latency_p99')
  })

  test('tells nothing of the machine and the moment of the rendering', () => {
    expect(page).not.toContain(process.cwd())
    expect(page).not.toContain(homedir())
    expect(page).not.toContain(new Date().toISOString().slice(0, 13))
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
  const page = renderReport(withHostileTexts(hostileText))
  const parts = withoutData(page)
  expect(parts).not.toMatch(/<script|<img|\u202e/)
  expect(unpairedTags(page)).toEqual([])
  expect(parts.split('⟨U+202E⟩⟨U+0000⟩').length).toBeGreaterThan(20)
  expect(embeddedResult(page)).toEqual(withHostileTexts(hostileText))
})

test('a word of 10 KB changes nothing about the page around it', () => {
  expect(unpairedTags(renderReport(withHostileTexts(longWord)))).toEqual([])
})

test.each([
  ['a planted fault', 'late:2%:2s'],
  ['an answer for the planner', undefined],
])('an hour with all that can be measured and %s stays below the limits and says that its data are cut', (_, fault) => {
  const { target, ...result } = hourResult()
  const { comparison } = sampleComparison('bounded')
  const page = renderReport({ ...result, comparison, target: { ...target, ...(fault !== undefined && { fault }) } })
  expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
  expect(elementsOf(page)).toBeLessThan(mostElements)
  expect(page).toContain('result.json beside it has all of them')
  const { drawn, held } = zoomedColumns(page)
  expect(drawn).toEqual(held)
})

test('another process renders the same bytes, from another folder', () => {
  const program = `
    import { renderReport } from ${JSON.stringify(new URL('./html-report.ts', import.meta.url).href)}
    import { readSample } from ${JSON.stringify(new URL('./samples/read-sample.ts', import.meta.url).href)}
    process.stdout.write(renderReport(readSample('fail')))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: tmpdir(),
    env: { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' },
    encoding: 'utf8',
    maxBuffer: mostBytes,
  })
  expect(stdout === renderReport(readSample('fail'))).toBe(true)
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
