import { describe, expect, it } from 'vitest'
import type { Result } from '../../schemas/generated/types.ts'
import { readSample } from '../samples/read-sample.ts'
import { sampleSearch } from '../search/sample.ts'
import { renderPlanPage } from './plan-page.ts'
import { plannerAnswer } from './planner-answer.ts'
import { plannerSection } from './planner-section.ts'
import { samplePlan } from './sample.ts'
import { plannerHint } from './search-hint.ts'
import { searchSentences } from './search-sentences.ts'

const withoutData = (page: string) => page.replace(/<script type="application\/json"[\s\S]*?<\/script>/, '')
const textOf = (markup: string) => markup.replace(/<[^>]+>/g, '').replaceAll('&#39;', "'")

function changed(change: (result: Result) => void): Result {
  const result = readSample('pass')
  change(result)
  return result
}

describe('the page of a plan', () => {
  const page = renderPlanPage(samplePlan(), 'chatgauge plan measured --sessions 150000')

  it('is the same bytes each time, small, and nothing runs in it', () => {
    expect(renderPlanPage(samplePlan(), 'chatgauge plan measured --sessions 150000')).toBe(page)
    expect(page.length).toBeLessThan(200_000)
    expect((page.match(/<[a-z]/g) ?? []).length).toBeLessThan(2_500)
    expect(withoutData(page)).not.toMatch(/<script|src=|href="https?:|undefined|NaN|Infinity|\[object/)
  })

  it('says the answer first, then what it rests on', () => {
    expect(/<h1>(.*?)<\/h1>/.exec(page)?.[1]).toBe('6 GMS nodes and 2 Chat Servers')
    expect(page).toMatch(/These machines are full at about 250,000 sessions \([\d,]+ to [\d,]+\)\./)
    const titles = [...page.matchAll(/<h2 id="[^"]+"[^>]*>(.*?)<\/h2>/g)].map(([, title]) => title)
    expect(titles).toEqual([
      'The numbers that matter',
      'To know before believing it',
      'What would change it',
      'Pictures',
      'What it has to carry',
      'What is used of it with 6 GMS nodes and 2 Chat Servers',
      'A receiver that hangs for 1 min',
      'What a run has shown',
      'Where the figures come from',
      'Ask again',
    ])
    expect(page.match(/<figure/g)).toHaveLength(3)
    expect(page.match(/<details><summary>Data table/g)).toHaveLength(3)
  })

  it('keeps names of results and commands as texts', () => {
    const hostile = `</script><img src=x onerror=alert(1)>"'`
    const parts = withoutData(renderPlanPage(samplePlan(hostile), hostile))
    expect(parts).not.toMatch(/<img|<script/)
  })
})

describe("the planner's part of a run's report", () => {
  it('tells what the lane used and how far one node would come', () => {
    const text = textOf(plannerAnswer(readSample('pass')).markup)
    expect(text).toMatch(/the node used 41\.3 % of its push lane: 455 of 1,101 pushes\/s\./)
    expect(text).toMatch(/would carry about [\d,]+ sessions of this kind \([\d,]+ to [\d,]+\)/)
    expect(text).toMatch(/runs out first/)
  })

  it('has the table of changes and the three pictures, each with its data', () => {
    const { markup } = plannerSection(readSample('pass'))
    expect(markup.match(/<figure/g)).toHaveLength(3)
    expect(textOf(markup)).toContain('flex-push-resend-delay 1 min')
    expect(markup).not.toMatch(/undefined|NaN|Infinity/)
    expect((markup.match(/<[a-z]/g) ?? []).length).toBeLessThan(1_500)
  })

  it.each([
    ['invalid', readSample('invalid'), 'Nothing is planned from this run: it is invalid'],
    ['interrupted', readSample('interrupted'), 'Nothing is planned from this run: it was interrupted'],
    ['a planted fault', readSample('fail'), 'the fault'],
    ['push off', changed(result => Object.assign(result.options, { push: 'off' })), '--push off'],
    ['no trace', changed(result => delete result.metrics.push_service_time), '--receiver-latency'],
  ])('%s: one sentence says why there is none', (_, result, why) => {
    for (const part of [plannerAnswer(result), plannerSection(result)]) {
      expect(textOf(part.markup)).toContain(why)
      expect(part.markup).not.toContain('<figure')
    }
  })
})

describe('beside a search', () => {
  it('stands the load that leaves room, and the command', () => {
    const text = textOf(plannerHint(sampleSearch).markup)
    expect(text).toContain('one node like this should carry no more than 111 pushes/s')
    expect(text).toContain('npx chatgauge plan')
    const two = { ...sampleSearch, target: { ...sampleSearch.target, gmsNodes: 2 } }
    expect(textOf(plannerHint(two).markup)).toContain('55.3 pushes/s each')
    const { answer: _, ...unanswered } = sampleSearch
    expect(plannerHint(unanswered).markup).toBe('')
  })

  it.each([
    [6, 'agrees', 'both agree within 10 %'],
    [4, 'carries less', 'something else gives first'],
    [12, 'carries more', 'more than one lane'],
  ])('pushes of %d ms against a limit of 158 to 161/s: it %s', (meanMs, finding, text) => {
    const source = { name: 'one', result: readSample('pass'), moments: { count: 1e6, meanMs, deviationMs: 0 } }
    expect(searchSentences([{ name: 'search', holds: 158, breaks: 161, nodes: 1, trials: [source] }])).toEqual([
      { finding, text: expect.stringContaining(text) },
    ])
  })
})
