import { afterAll, it as anyIt, beforeAll, describe, expect } from 'vitest'
import { createHttp } from '../../../conformance/story/http.ts'
import { transports } from '../../../protocol/bayeux/message.ts'
import type { ConformanceResult } from '../../../schemas/generated/types.ts'
import { conform } from '../../../scripts/commands/conform.ts'
import { performConform } from '../../../scripts/conform/perform.ts'
import { type ConformSettings, readConformSettings } from '../../../scripts/conform/settings.ts'
import { missingPrograms } from '../../../scripts/peers/programs.ts'
import { readArguments } from '../../../scripts/program/read-arguments.ts'
import { fetchOrSkip, itWithPeer } from '../peer-programs.ts'
import { type ForeignServer, foreignKinds, startForeign } from './foreign-server.ts'
import { openOurClient } from './our-client.ts'

// Servers that are not ours: our conformance suite judges them, they judge our client.

const http = createHttp({ timeoutMs: 30_000 })
afterAll(() => http.close())

describe.concurrent.each(foreignKinds)('$name', ({ name, target, peer, hasEcho, fetch }) => {
  const it = peer === undefined ? anyIt : itWithPeer(peer)
  let server: ForeignServer
  let settings: ConformSettings
  let result: ConformanceResult
  let unfetched: Error | undefined
  // Both tests share one start, which takes seconds in Java.
  beforeAll(async () => {
    if (peer !== undefined && missingPrograms(peer).length > 0) return
    try {
      fetch()
    } catch (error) {
      unfetched = error as Error
      return
    }
    settings = readConformSettings(readArguments(conform, ['--target', target, '--only', 'bayeux']))
    const { start, ...running } = settings.target
    server = await startForeign(name, start!.command)
    const there = { ...settings, target: { ...running, urls: [server.url] } }
    result = await performConform(there, { done() {}, isOver: () => false })
  }, 240_000)
  afterAll(() => server?.stop())
  const skipWithout = (skip: (note: string) => void) =>
    fetchOrSkip(skip, () => {
      if (unfetched) throw unfetched
    })

  it('keeps the rules of Bayeux, but for what is known and explained', ({ skip }) => {
    skipWithout(skip)
    const { verdict, cases, counts, problems } = result
    const found = cases
      .filter(each => each.verdict === 'failed' || each.verdict === 'error')
      .map(each => `${each.id}: ${each.findings.map(({ what, found }) => `${what}: ${found}`)[0] ?? each.reason}`)
    expect({ found, problems, exit: verdict.exit }).toEqual({ found: [], problems: [], exit: 0 })
    // One that passes is a problem; here each entry has failed.
    expect(counts['known failing']).toBe(settings.knownFailing.length)
    expect(counts.passed).toBeGreaterThan(target === 'faye' ? 30 : 80)
  })

  it('[BX-174] takes what our client sends, before and after a cut and a restart', async ({ skip }) => {
    skipWithout(skip)
    const clients = transports.map(transport => openOurClient(`${server.url}/genesys/cometd`, transport, http))
    await Promise.all(clients.map(each => each.connected()))
    for (const each of clients) await each.subscribe(`/demo/${each.transport}`)
    const allHear = (data: unknown) => Promise.all(clients.map(each => each.hears(`/demo/${each.transport}`, data)))
    await allHear({ text: 'Grüße 🙂' })
    if (hasEcho) await Promise.all(clients.map(each => each.hears('/service/echo', { order: 7 })))
    // Held connects end and are sent anew.
    await Promise.all(clients.map(each => each.connectsMore(2)))

    await Promise.all(clients.map(each => each.comesBackFromCut()))
    await allHear('behind the cut')
    expect(clients.map(each => each.handshakes())).toEqual([1, 1, 1])

    await server.restart()
    await Promise.all(clients.map(each => each.handshakesAgain()))
    await allHear('behind the restart')
    await Promise.all(clients.map(each => each.leave()))

    // Events of Faye have the ids of their publishers.
    const isKnown = (each: string) => target === 'faye' && each.startsWith('came: BX-082')
    expect(clients.flatMap(each => each.findings().filter(found => !isKnown(found)))).toEqual([])
  })
})
