import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildScenarios } from '../../scripts/build-scenarios.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import { alternate, type Comparison, type Pass } from '../alternate.ts'
import { bundleCountingScenario } from '../bundle-counting-scenario.ts'
import { type BenchCase, type BenchResult, leastBusy } from '../case.ts'
import { followObservations } from '../follow-observations.ts'
import { generatorPass } from '../generator-pass.ts'
import { httpPass } from '../http-pass.ts'
import { notificationRequests } from '../notification-requests.ts'
import { costResult } from '../ratio-result.ts'
import { startSubject } from '../subject.ts'

const most = 1.1
const generatorPairs = 3
const receiverPairs = 15
const requests = 10_000
const connections = 64

/** What it costs to measure: the product, against the same with measuring reduced to counters. */
export const benchCase: BenchCase = {
  name: 'measuring',
  what: 'CPU of k6 per request and of the receiver per POST, against both with measuring reduced to counters',
  bound: '<= 1.1 for an event, which is a request and a POST',
  async run(say) {
    const posts = await compareReceivers(say)
    const receiver = costResult(posts, most, 'POST')
    say(`receiver: ${receiver.figure}, ${receiver.absolute}`)
    const sent = await compareGenerators(say)
    const generator = costResult(sent, most, 'request')
    say(`generator: ${generator.figure}, ${generator.absolute}`)
    return bothOf(generator, receiver, eventCost(sent, posts))
  },
}

async function compareReceivers(say: (line: string) => void): Promise<Comparison> {
  const ours = await startSubject('receiver.ts')
  const counting = await startSubject('counting-receiver.ts')
  const portOf = ({ ready }: typeof ours) => (ready as { port: number }).port
  const collectors = await Promise.all([ours, counting].map(each => followObservations(portOf(each))))
  try {
    const load = { requests, connections, bytes: notificationRequests() }
    say(`${receiverPairs} pairs of ${requests} POSTs, ${connections} connections`)
    // The cost of ours is the rate of the counting one over the rate of ours.
    return await alternate(
      { pairs: receiverPairs, leastBusy },
      () => httpPass(counting, load),
      () => httpPass(ours, load),
    )
  } finally {
    for (const each of collectors) each.close()
    await Promise.all([ours.stop(), counting.stop()])
  }
}

async function compareGenerators(say: (line: string) => void): Promise<Comparison> {
  const k6 = (await findK6()).path
  await buildScenarios()
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-bench-'))
  const countingScript = join(folder, 'counting-chat.js')
  await bundleCountingScenario(countingScript)
  const oursScript = fileURLToPath(new URL('../../dist/async-chat.js', import.meta.url))
  let number = 0
  const pass = (script: string) => async (): Promise<Pass> => {
    const resultFolder = join(folder, String(++number))
    mkdirSync(resultFolder)
    const made = await generatorPass({ k6, script, withCollector: true, folder: resultFolder, run: `bench${number}` })
    const us = ((made.cpuSeconds / made.operations) * 1e6).toFixed(0)
    say(`${script === oursScript ? 'ours' : 'counters'}: ${made.operations} requests, ${us} µs of CPU each`)
    return made
  }
  try {
    return await alternate({ pairs: generatorPairs, warmUp: 0 }, pass(countingScript), pass(oursScript))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** CPU of both per event, measured over counted; `ours` of a comparison is the counting side here. */
function eventCost(sent: Comparison, posts: Comparison): number {
  return (1 / sent.bare + 1 / posts.bare) / (1 / sent.ours + 1 / posts.ours)
}

function bothOf(generator: BenchResult, receiver: BenchResult, event: number): BenchResult {
  return {
    figure: `${event.toFixed(2)} (k6 alone ${generator.figure}, receiver alone ${receiver.figure})`,
    absolute: `k6 ${generator.absolute}, receiver ${receiver.absolute}`,
    verdict: event <= most ? 'holds' : 'broken',
    note: 'the receiver alone, at the rate at which it fills a core',
  }
}
