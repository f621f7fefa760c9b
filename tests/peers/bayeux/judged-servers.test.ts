import { describe, expect, it } from 'vitest'
import { conform } from '../../../scripts/commands/conform.ts'
import { performConform } from '../../../scripts/conform/perform.ts'
import { readConformSettings } from '../../../scripts/conform/settings.ts'
import { readArguments } from '../../../scripts/program/read-arguments.ts'
import { fetchOrSkip, itWithPeer } from '../peer-programs.ts'
import { foreignServers } from './foreign-servers.ts'

// Servers that are not ours, judged by our conformance suite: what fails there is known and explained in
// conformance/targets, and nothing else fails. A known failure that passes is a problem of the run, too.

describe.concurrent.each(Object.entries(foreignServers))('%s', (_, { target, peer, fetch }) => {
  const known = peer === undefined ? it : itWithPeer(peer)

  known('keeps the rules of Bayeux but for the known exceptions', async ({ skip }) => {
    fetchOrSkip(skip, fetch)
    const settings = readConformSettings(readArguments(conform, ['--target', target, '--only', 'bayeux']))
    const { verdict, cases, counts, problems } = await performConform(settings, { done() {}, isOver: () => false })
    const found = cases
      .filter(each => each.verdict === 'failed' || each.verdict === 'error')
      .map(each => `${each.id}: ${each.findings.map(({ what, found }) => `${what}: ${found}`)[0] ?? each.reason}`)
    expect({ found, problems, exit: verdict.exit }).toEqual({ found: [], problems: [], exit: 0 })
    expect(counts['known failing']).toBe(settings.knownFailing.length)
    expect(counts.passed).toBeGreaterThan(target === 'faye' ? 30 : 80)
  })
})
