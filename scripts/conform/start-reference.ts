import { readFileSync } from 'node:fs'
import { readTargetFile } from '../../conformance/targets/target-file.ts'
import { type Stacks, startStacks } from './stacks.ts'

/** The reference server in its instances, as `chatgauge conform` starts it; for tests and for planted faults. */
export function startReference(instances?: number): Promise<Stacks> {
  const file = new URL('../../conformance/targets/reference/target.json', import.meta.url)
  const target = readTargetFile(readFileSync(file, 'utf8'), 'target.json')
  return startStacks({
    targetName: 'reference',
    target: { ...target, start: { ...target.start!, ...(instances !== undefined && { instances }) } },
    capabilities: undefined,
    isDestructive: true,
    insecure: false,
    ca: undefined,
  })
}
