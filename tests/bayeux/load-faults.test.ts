import { describe, expect, test } from 'vitest'
import { parseFaultArguments } from '../../reference-server/faults/arguments.ts'
import { sectionFaults } from '../../reference-server/faults/by-section.ts'
import {
  doubleNotification,
  dropNotification,
  lateNotification,
  lateResume,
  swapNotification,
} from '../../reference-server/faults/comet-notifications.ts'
import type { FaultDefinition } from '../../reference-server/faults/fault.ts'
import type { FaultGate } from '../../reference-server/faults/gate.ts'
import { seenOverComet } from '../../reference-server/faults/seen-over-comet.ts'
import { createSeededRandom } from '../../reference-server/time/seeded-random.ts'
import { loadFindings, wayMs } from './load-world.ts'

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
    const { arrivals, samples: _, ...wrong } = loadFindings(transport, undefined)
    expect(wrong).toEqual({ rules: [], failed: 0, lost: 0, duplicate: 0, outOfOrder: 0 })
    expect(arrivals).toBeGreaterThan(25)
  })

  test('each fault of Bayeux and of chat over it shows as it is written down, and those that are not do not show', () => {
    const found = faults.map(({ name, plant }) => [
      name,
      findings(() => plant(parseFaultArguments(''), createSeededRandom(1, 'fault'))),
    ])
    expect(Object.fromEntries(found.filter(([, what]) => what !== ''))).toEqual(seenOverComet)
  })

  const loadFaults = { drop: dropNotification, double: doubleNotification, swap: swapNotification }
  test.each([
    ['drop', { lost: 1, duplicate: 0, outOfOrder: 0 }],
    ['double', { lost: 0, duplicate: 1, outOfOrder: 0 }],
    ['swap', { lost: 0, duplicate: 0, outOfOrder: 1 }],
  ] as const)('%s-notification is counted exactly', (name, expected) => {
    for (const transport of transports)
      expect(loadFindings(transport, planted(loadFaults[name], 'nth=2'))).toMatchObject(expected)
  })

  test.each(transports)('over %s latency is what was planted, to the millisecond', transport => {
    const [clean, lateNews, lateReturn] = [undefined, lateNotification, lateResume].map(
      fault => loadFindings(transport, fault && planted(fault, '100%,400ms')).samples,
    )
    const later = (samples: readonly number[], ms: number) => samples.map(each => each + ms)
    // The way of one message; each customer hears four texts of which it was not cut off.
    expect(clean!.notification_latency).toEqual(Array(8).fill(wayMs))
    expect(lateNews!.notification_latency).toEqual(later(clean!.notification_latency!, 400))
    expect(lateNews!.resume_latency).toEqual(clean!.resume_latency)
    expect(clean!.resume_latency).toHaveLength(2)
    expect(lateReturn!.resume_latency).toEqual(later(clean!.resume_latency!, 400))
    expect(lateReturn!.notification_latency).toEqual(clean!.notification_latency)
  })
})

function planted({ plant }: FaultDefinition, text: string): FaultGate {
  return plant(parseFaultArguments(text), createSeededRandom(1, 'fault'))
}
