import { describe, expect, test } from 'vitest'
import { parseFaultArguments } from '../../reference-server/faults/arguments.ts'
import { sectionFaults } from '../../reference-server/faults/by-section.ts'
import { seenOverComet } from '../../reference-server/faults/seen-over-comet.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import { loadFindings } from './load-world.ts'

const transports = ['websocket', 'long-polling'] as const

/** Those that act on Bayeux messages; where the code asks for a fault by its name, this small world has no such code. */
const faults = sectionFaults.filter(({ rules }) => rules.every(rule => /^(BX-|CV2-1[1-5])/.test(rule)))

/** As `seenOverComet` writes it: broken rules of either transport, and what a threshold judges. */
function findings(plant: () => ReturnType<(typeof faults)[number]['plant']> | undefined): string {
  const found = transports.flatMap(transport => {
    const { rules, lost, failed } = loadFindings(transport, plant())
    return [...rules, ...(lost > 0 ? ['notifications_lost'] : []), ...(failed > 0 ? ['requests_failed'] : [])]
  })
  return [...new Set(found)].sort().join(' ')
}

describe('customers of a load run, in virtual time', () => {
  test.each(transports)('over %s nothing is wrong where no fault is planted', transport => {
    const { arrivals, ...wrong } = loadFindings(transport, undefined)
    expect(wrong).toEqual({ rules: [], failed: 0, lost: 0 })
    expect(arrivals).toBeGreaterThan(25)
  })

  test('each fault of Bayeux and of chat over it shows as it is written down, and those that are not do not show', () => {
    const found = faults.map(({ name, plant }) => [
      name,
      findings(() => plant(parseFaultArguments(''), createSeededRandom(1, 'fault'))),
    ])
    expect(Object.fromEntries(found.filter(([, what]) => what !== ''))).toEqual(seenOverComet)
  })
})
