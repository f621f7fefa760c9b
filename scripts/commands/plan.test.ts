import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { readSample } from '../../reports/samples/read-sample.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { main } from '../program/main.ts'
import { plan } from './plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-plan-'))
const output = vi.spyOn(console, 'log').mockReturnValue()
const errors = vi.spyOn(console, 'error').mockReturnValue()
afterEach(() => vi.clearAllMocks())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const call = (...words: string[]) => main(['plan', ...words], { plan: async () => plan })
const sample = (name: string) => new URL(`../../reports/samples/${name}.json`, import.meta.url).pathname
const asked = [sample('pass'), '--sessions', '150000', '--message-rate', '100/s', '--push', 'reliable']

function changed(name: string, change: (result: Result) => void): string {
  const result = readSample('pass')
  change(result)
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify(result))
  return path
}

it('answers in the first line, with an interval and what runs out first', async () => {
  expect(await call(...asked, '--receiver-latency', '5ms')).toBe(0)
  const text = String(output.mock.lastCall?.[0])
  expect(text.split('\n')[0]).toBe(
    '150,000 sessions need 1 GMS node and 1 (1 to 2) Chat Server, with 30 % kept free; the push lane of a GMS node runs out first (51.9 % used); an extrapolation, see the notes.',
  )
  expect(text).toMatch(/push lane of a GMS node +51\.9 % +200\/s per node/)
  expect(text).toMatch(/pings +83\.3\/s/)
})

it("prints the documentation's own figures: 55.6 pings a second, 200 pushes a second", async () => {
  expect(
    await call(sample('pass'), '--sessions', '100000', '--message-rate', '0', '--receiver-latency', '5ms', '--json'),
  ).toBe(0)
  const { capacity } = JSON.parse(String(output.mock.lastCall?.[0]))
  expect([capacity.laneRate, Math.round(capacity.load.pings * 10) / 10]).toEqual([200, 55.6])
})

it('takes the push time from the result where none is given', async () => {
  expect(await call(...asked, '--json')).toBe(0)
  const { figures, results } = JSON.parse(String(output.mock.lastCall?.[0]))
  expect(figures.pushMs).toMatchObject({ value: 0.908, origin: 'measured' })
  expect(results).toMatchObject([{ name: 'pass.json', verdict: { exit: 0 } }])
})

it('names the source of each figure and the option that changes it', async () => {
  await call(...asked)
  const text = String(output.mock.lastCall?.[0])
  expect(text).toMatch(/flex-push-resend-delay +15 s +documented .*\(--resend-delay\)/)
  expect(text).toMatch(/share of every limit that is kept free +30 % +assumed .*\(--headroom\)/)
})

it("says which figures are those of our own server, with the options for another's", async () => {
  await call(...asked)
  expect(output.mock.lastCall?.[0]).toMatch(
    /not on yours: time of a push \(--receiver-latency\), .*--memory-per-session/,
  )
  await call(...asked, '--receiver-latency', '5ms', '--memory-per-session', '8KiB', '--cpu-per-operation', '1ms')
  expect(output.mock.lastCall?.[0]).not.toContain('not on yours')
})

it('[PUSH-076] one push in a hundred that hangs for 5 s leaves 18 a second of a lane of 5 ms', async () => {
  await call(...asked, '--receiver-latency', '5ms', '--timeout-share', '1%', '--timeout', '5s')
  expect(output.mock.lastCall?.[0]).toMatch(/push lane of a GMS node +[\d.]+ % +18\.2\/s per node/)
})

it('says that above 80 % of a lane only the order of magnitude is known', async () => {
  await call(...asked, '--receiver-latency', '5ms', '--headroom', '5%', '--message-rate=180/s')
  expect(errors.mock.lastCall?.[0]).toBe('chatgauge: --message-rate is given twice')
  await call(
    sample('pass'),
    '--sessions',
    '1000',
    '--message-rate',
    '180/s',
    '--receiver-latency',
    '5ms',
    '--headroom',
    '5%',
  )
  expect(output.mock.lastCall?.[0]).toContain('only the order of magnitude')
})

it('--html writes the answer as a page, with the command that asked for it', async () => {
  const file = join(folder, 'plan.html')
  expect(await call(...asked, '--receiver-latency', 'exp(5ms)', '--html', file)).toBe(0)
  expect(output.mock.calls.map(String).at(-1)).toContain(file)
  const page = readFileSync(file, 'utf8')
  expect(page).toContain('1 GMS node and 1 Chat Server</h1>')
  expect(page).toContain('--receiver-latency &#39;exp(5ms)&#39;')
  expect(await call(...asked, '--html', join(folder, 'no', 'such', 'plan.html'))).toBe(2)
  expect(errors.mock.lastCall?.[0]).toContain('--html')
})

it('tells what happens when a machine fails', async () => {
  await call(...asked.slice(0, 3), '--message-rate', '500/s', '--receiver-latency', '5ms')
  const text = String(output.mock.lastCall?.[0])
  expect(text).toMatch(/as asked +4 +/)
  expect(text).toMatch(/one GMS node fails +3 +/)
  expect(text).toMatch(/the busiest node +10[01][.\d]* % +of the mean/)
})

describe('the folder of a search', () => {
  const trial = (number: number, verdict: string, purpose: string) => ({
    ...{
      number,
      rate: 100,
      achieved: 100,
      purpose,
      verdict,
      why: '',
      run: 'a1',
      seed: number,
      folder: `trial-${number}`,
    },
    ...{ startedAt: '2026-11-21T12:00:00.000Z', seconds: 20 },
  })
  const search = (name: string, trials: object[], answer?: object) => {
    const { tool, startedAt, endedAt, target, environment } = readSample('pass')
    const path = join(folder, name)
    mkdirSync(path)
    writeFileSync(
      join(path, 'search.json'),
      JSON.stringify({
        ...{ format: 1, tool, vary: 'pushes', unit: 'pushes/s', scenario: 'push-latency', seed: 1, startedAt, endedAt },
        ...{
          verdict: { exit: 0, word: 'answer', sentence: '', reason: 'found' },
          options: {},
          target,
          environment,
          trials,
          ...(answer && { answer }),
        },
        range: { lowest: 1, highest: 1_000, mostTrials: 20 },
      }),
    )
    for (const number of [1, 2]) {
      mkdirSync(join(path, `trial-${number}`))
      writeFileSync(join(path, `trial-${number}`, 'result.json'), JSON.stringify(readSample('pass')))
    }
    return path
  }

  it('stands for the trials that confirm its answer', async () => {
    const found = search('found', [
      trial(1, 'pass', 'confirm'),
      trial(2, 'pass', 'confirm'),
      trial(3, 'fail', 'confirm'),
      trial(4, 'pass', 'grow'),
    ])
    expect(await call(found, ...asked.slice(1), '--json')).toBe(0)
    expect(JSON.parse(String(output.mock.lastCall?.[0])).results.map(({ name }: { name: string }) => name)).toEqual([
      'trial 1 of search found',
      'trial 2 of search found',
    ])
  })

  it('that found a limit measures the lane, too; trials above it passed by luck', async () => {
    const trials = [trial(1, 'pass', 'confirm'), { ...trial(2, 'pass', 'confirm'), rate: 2_000 }]
    const found = search('limit', trials, { holds: 1_080, breaks: 1_120, trials: 4 })
    expect(await call(found, ...asked.slice(1), '--json')).toBe(0)
    const { figures, results, confirmations } = JSON.parse(String(output.mock.lastCall?.[0]))
    expect(results).toHaveLength(1)
    expect(figures.pushMs).toMatchObject({
      value: 0.908,
      high: 0.9534,
      from: expect.stringContaining('limit of search limit'),
    })
    expect(confirmations).toEqual([expect.stringContaining('both agree within 10 %')])
  })

  it('whose nodes carry less than their pushes allow is planned with its limit, and says so', async () => {
    const found = search('less', [trial(1, 'pass', 'confirm')], { holds: 500, breaks: 520, trials: 4 })
    expect(await call(found, ...asked.slice(1))).toBe(0)
    expect(output.mock.lastCall?.[0]).toMatch(
      /Note: search less found the limit of 1 node between 500 and 520\/s; .*something else/,
    )
  })

  it('without a limit says that its trials that passed were taken', async () => {
    expect(await call(search('open', [trial(1, 'pass', 'grow')]), ...asked.slice(1))).toBe(0)
    expect(output.mock.lastCall?.[0]).toContain('Note: search open found no limit')
  })

  it('without a trial that passed is refused', async () => {
    expect(await call(search('none', [trial(1, 'fail', 'grow')]), ...asked.slice(1))).toBe(2)
    expect(errors.mock.lastCall?.[0]).toContain('none of its trials passed')
  })
})

describe('refuses with 2 and one sentence', () => {
  const scaled = changed('scaled', result => {
    result.target.timeScale = 60
  })
  const untraced = changed('untraced', result => {
    delete result.metrics.push_service_time
  })
  const payload = changed('payload', result => {
    result.options.push = 'payload'
  })
  const foreign = changed('foreign', result => {
    result.target.reference = false
  })
  const two = ['--sessions', '9', '--message-rate', '1/s']

  it.each([
    [[], 'plan needs a result'],
    [[sample('invalid'), ...two], 'it is invalid'],
    [[sample('interrupted'), ...two], 'it was interrupted'],
    [[scaled, ...two], '60 times faster (--time-scale)'],
    [[sample('pass'), '--message-rate', '1/s'], 'give it with --sessions'],
    [[sample('pass'), '--sessions', '9'], 'give it with --message-rate'],
    [[untraced, ...two], 'give it with --receiver-latency'],
    [[payload, ...two, '--push', 'reliable'], 'give it with --unconfirmed'],
    [[foreign, ...two], 'give it with --sessions-per-chat-server'],
    [[sample('pass'), payload, ...two], 'choose one with --push'],
    [[sample('pass'), ...two, '--network', '1ms'], '--network needs --receiver-latency'],
    [[sample('pass'), ...two, '--receiver-latency', '10s'], 'given up after 5000 ms'],
    [[sample('pass'), ...two, '--headroom', '100%'], '--headroom: '],
    [[sample('pass'), ...two, '--headroom', '30'], 'a share from 0% to below 100%'],
    [[sample('pass'), ...two, '--resend-delay', '15'], "'15' is no duration"],
    [[sample('pass'), ...two, '--memory', '4GB'], 'B, KiB, MiB or GiB'],
    [[sample('pass'), '--sesions', '9'], 'did you mean --sessions?'],
    [[sample('pass'), '--sessions', '9', '--message-rate', '99999999999/s'], 'no number of GMS nodes'],
  ])('%j: %s', async (words, why) => {
    expect(await call(...words)).toBe(2)
    expect(errors.mock.calls.flat()).toEqual([expect.stringContaining(why)])
  })
})
