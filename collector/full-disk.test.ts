import { existsSync } from 'node:fs'
import { mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { judge } from '../judging/judge.ts'
import { basisOf } from '../protocol/rule-basis.ts'
import { agentJoined, answer, payloadPush, said } from './fake-messages.ts'
import { type FakeRun, startFakeRun } from './fake-run.ts'

/** A device on which every write fails as on a full disk. */
const full = '/dev/full'
const whereFull = test.skipIf(!existsSync(full))

let fake: FakeRun
afterEach(() => fake?.close())

whereFull.each(['histograms.hlog', 'violations.ndjson'])(
  '%s on a full disk: everything else is measured, and it is said',
  async file => {
    const outDir = await mkdtemp(join(tmpdir(), 'chatgauge-full-'))
    await symlink(full, join(outDir, file))
    fake = await startFakeRun({ outDir })
    fake.start()
    // Said once: a later planned instant in the answer would be a push before its plan.
    const message = said(3)
    for (const event of [agentJoined, message]) fake.receiver.push(payloadPush(0, event))
    // A duplicate, so that there is a violation to be written.
    fake.receiver.push(payloadPush(0, message))
    fake.shard.row('refresh', { position: 2 }, answer([agentJoined, message], 4))
    for (const stage of ['quiet', 'refreshed', 'left'] as const) await fake.shard.stage(stage)
    fake.shard.bye()
    const facts = await fake.collector.finish()
    expect(facts.counters).toMatchObject({ pushes_received: 3, pushes_duplicate: 1 })
    expect(facts.unwritten).toEqual([expect.stringMatching(`^${file} could not be written: ENOSPC`)])
    const { validity } = judge(
      { ...facts, scenario: 'async-chat' },
      { thresholds: [], hasPushes: true, isReference: true, timeScale: 1, basisOf, unwritten: facts.unwritten },
    )
    expect(validity.filter(({ ok }) => !ok)).toMatchObject([{ name: 'result_folder', text: facts.unwritten[0] }])
  },
)
