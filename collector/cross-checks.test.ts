import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { balanced } from '../judging/ledger-counts.ts'
import { crossChecks } from './cross-checks.ts'
import { run } from './fake-messages.ts'
import { type OpenContext, openContext } from './open-context.ts'

let opened: OpenContext
afterEach(() => opened.closeFiles())

/** POSTs that our receiver read and the ledger knows, and what the sender's trace says of them. */
async function imbalances(read: number, traced: { begun: number; acknowledged: number }) {
  const settings = {
    run,
    shards: [0],
    modeOf: () => 'payload' as const,
    notifyRequestor: false,
    isReference: true,
    observeMs: 800,
    isHoldingAnswers: false,
    areLanesNodes: true,
  }
  opened = openContext(settings, {}, await mkdtemp(join(tmpdir(), 'chatgauge-checks-')), () => {})
  const { context } = opened
  for (let i = 0; i < read; i += 1) context.ledger.postedToNobody()
  const receiver = { posts: () => read, refused: () => 0 }
  const sources = crossChecks({ context, byes: new Map(), shards: 1, rowsCame: () => 0, receiver, traced })
  return balanced(context.ledger.counts, sources, []).imbalances
}

test('a POST that the target has an answer for and our receiver never read is ours', async () => {
  expect(await imbalances(7, { begun: 9, acknowledged: 8 })).toEqual([
    'trace: 8 POSTs answered with success, but 7 read from sockets',
  ])
})

test('a POST that was read and whose answer did not arrive, or that never arrived, contradicts nothing', async () => {
  expect(await imbalances(7, { begun: 9, acknowledged: 6 })).toEqual([])
})
