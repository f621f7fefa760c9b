import { readFileSync } from 'node:fs'
import { readTargetFile } from '../../conformance/targets/target-file.ts'
import { type Stacks, startStacks } from './stacks.ts'

/**
 * The reference server in its instances, as `chatgauge conform` starts it; for tests, planted faults and repetitions.
 * @param set `section.option=value`
 */
export function startReference(options: { instances?: number; set?: readonly string[] } = {}): Promise<Stacks> {
  const file = new URL('../../conformance/targets/reference/target.json', import.meta.url)
  const target = readTargetFile(readFileSync(file, 'utf8'), 'target.json')
  const { command, instances = 1 } = target.start!
  const set = (options.set ?? []).flatMap(each => ['--set', each])
  return startStacks({
    targetName: 'reference',
    target: { ...target, start: { command: [...command, ...set], instances: options.instances ?? instances } },
    capabilities: undefined,
    isDestructive: true,
    insecure: false,
    ca: undefined,
  })
}
