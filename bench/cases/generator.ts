import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildScenarios } from '../../scripts/build-scenarios.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import { alternate, type Pass } from '../alternate.ts'
import { bundleBareScript } from '../bundle-bare-script.ts'
import type { BenchCase } from '../case.ts'
import { generatorPass } from '../generator-pass.ts'
import { costResult } from '../ratio-result.ts'

const pairs = 3
const most = 1.3

export const benchCase: BenchCase = {
  name: 'generator',
  what: 'k6 CPU per session operation with every answer validated, against a bare k6 script without any check',
  bound: '<= 1.3 (goal 1.15)',
  async run(say) {
    const k6 = (await findK6()).path
    await buildScenarios()
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-bench-'))
    const bareScript = join(folder, 'bare-chat.js')
    await bundleBareScript('bare-chat.ts', bareScript)
    const oursScript = fileURLToPath(new URL('../../dist/async-chat.js', import.meta.url))
    let number = 0
    const pass = (script: string, withCollector: boolean) => async (): Promise<Pass> => {
      const resultFolder = join(folder, String(++number))
      mkdirSync(resultFolder)
      const made = await generatorPass({ k6, script, withCollector, folder: resultFolder, run: `bench${number}` })
      const perOperationUs = (made.cpuSeconds / made.operations) * 1e6
      say(
        `${withCollector ? 'ours' : 'bare'}: ${made.operations} requests, ${perOperationUs.toFixed(0)} µs of CPU each`,
      )
      return made
    }
    try {
      // The cost of ours is the rate of the bare one over the rate of ours.
      const settings = { pairs, warmUp: 0 }
      return costResult(await alternate(settings, pass(bareScript, false), pass(oursScript, true)), most, 'operation')
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
