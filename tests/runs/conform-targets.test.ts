import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConformanceResult } from '../../schemas/generated/types.ts'
import { wrongInJunit } from '../junit/surefire-report.ts'
import { freePort } from './free-port.ts'
import { type Running, runChatgauge } from './run-chatgauge.ts'
import { startReady } from './start-ready.ts'

// Other servers than the one that the suite was made with: what cannot be tried is skipped, what is our decision is not theirs.

const targets = new URL('../../conformance/targets/', import.meta.url)
const skips = /^(the target has no [a-z ]+(, no [a-z ]+)*|needs --destructive)$/

async function conform(...args: string[]) {
  const { exit, stdout, stderr } = await runChatgauge('conform', '--json', ...args)
  const result = JSON.parse(stdout) as ConformanceResult
  return { exit, stderr, result, ...sorted(result) }
}

function sorted({ cases }: ConformanceResult) {
  const skipped = cases.filter(each => each.verdict === 'skipped')
  return {
    skippedFor: [...new Set(skipped.map(each => each.reason ?? ''))],
    unexpected: cases
      .filter(each => each.verdict === 'failed' || each.verdict === 'error')
      .map(each => `${each.id}: ${each.findings[0]?.found ?? each.reason}`),
  }
}

describe('a server that was written from the documentation alone', () => {
  const folder = new URL('second-server/', targets)
  const list = JSON.parse(readFileSync(new URL('known-failing.json', folder), 'utf8')) as { case: string }[]

  it('held to our decisions: what it does otherwise is listed, and nothing else is', async () => {
    const { exit, result, unexpected, skippedFor } = await conform('--target', 'second-server')
    expect({ unexpected, problems: result.problems, exit }).toEqual({ unexpected: [], problems: [], exit: 0 })
    const known = result.cases.filter(each => each.verdict === 'known failing').map(each => each.id)
    expect(known.toSorted()).toEqual(list.map(each => each.case).toSorted())
    expect(skippedFor.filter(reason => !skips.test(reason))).toEqual([])
    expect(result.counts.passed).toBeGreaterThan(50)
  })

  it('as any server: what fails is documented and listed, no decision of ours is its failure', async () => {
    const { heldToDecisions: _, ...any } = JSON.parse(readFileSync(new URL('target.json', folder), 'utf8'))
    const copy = mkdtempSync(join(tmpdir(), 'chatgauge-target-'))
    writeFileSync(join(copy, 'target.json'), JSON.stringify(any))
    const junit = join(copy, 'junit.xml')
    const { result } = await conform('--target', copy, '--junit', junit)
    expect(await wrongInJunit(readFileSync(junit, 'utf8'))).toEqual([])
    const failed = result.cases.filter(each => each.verdict === 'failed' || each.verdict === 'error')
    const listed = list.map(each => each.case)
    expect(failed.map(each => each.id).filter(id => !listed.includes(id))).toEqual([])
    const findings = result.cases.flatMap(each => each.findings)
    expect(findings.map(each => each.weight)).toContain('informational')
    const undocumented = findings.filter(each => each.weight === 'failed' && !each.basis.startsWith('D'))
    expect(undocumented).toEqual([])
  })
})

describe('the reference server without its control port', () => {
  let pushPort: number
  let server: Running
  let url: string
  beforeEach(async () => {
    pushPort = await freePort()
    const push = `push.customhttp.url=http://127.0.0.1:${pushPort}/push`
    ;({ running: server, url } = await startReady('serve', '--no-agent', '--set', push))
  })
  afterEach(async () => {
    server.kill('SIGTERM')
    await server.finished
  })

  const clean = { failed: 0, error: 0, warned: 0, informational: 0, 'known failing': 0 }

  it('what needs a customer only is tried, what needs more skipped by capability, and the absence window is told', async () => {
    const { exit, stderr, result, skippedFor } = await conform('--target', url)
    expect(exit).toBe(0)
    expect(result.counts).toMatchObject(clean)
    const forAll = result.cases.filter(({ needs }) => needs.length === 0 || String(needs) === 'customer')
    expect(forAll.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(100)
    expect(forAll.filter(({ verdict }) => verdict === 'skipped')).toEqual([])
    expect(skippedFor.filter(reason => !skips.test(reason))).toEqual([])
    expect(skippedFor).toEqual(expect.arrayContaining(['the target has no agent', 'the target has no push sink']))
    expect(stderr).toContain('what must not come was waited for 5 s: the target has no settle')
  })

  it('with a receiver pushes are tried, too', async () => {
    const receiver = `http://127.0.0.1:${pushPort}/push`
    const { exit, result, skippedFor } = await conform('--target', url, '--receiver', receiver, '--only', 'push')
    expect(exit).toBe(0)
    expect(result.counts).toMatchObject(clean)
    const tried = result.cases.filter(each => each.verdict === 'passed').flatMap(each => each.needs)
    expect(tried).toContain('push sink')
    expect(skippedFor).not.toContain('the target has no push sink')
  })
})
