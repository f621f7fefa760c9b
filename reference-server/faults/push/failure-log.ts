import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

/** A gate that changes the GMS line of a lost push; undefined = it is not written. */
function changedLine(change: (line: string) => string | undefined): () => FaultGate {
  return () => ({ line: line => (line.startsWith('DC Chat Server') ? change(line) : line) })
}

/** A gate that writes the lines that begin like this once. */
function onlyOnce(beginning: string): () => FaultGate {
  return () => {
    let isWritten = false
    return {
      line(line) {
        if (!line.startsWith(beginning)) return line
        if (isWritten) return undefined
        isWritten = true
        return line
      },
    }
  }
}

export const failureLog = conformFaults([
  {
    name: 'lost-push-not-logged',
    rules: ['PUSH-080', 'PUSH-081', 'PUSH-082'],
    does: 'A push that failed leaves no line of GMS.',
    looksLike: 'The line is written at a level that is not on.',
    gate: changedLine(() => undefined),
  },
  {
    name: 'lost-push-without-device',
    rules: ['PUSH-080'],
    does: 'The GMS line of a lost push does not name the device.',
    looksLike: 'Device ids count as personal data, and the masking leaves nothing.',
    gate: changedLine(line => line.replace(/device \S*$/, 'device ')),
  },
  {
    name: 'failed-post-without-duration',
    rules: ['PUSH-081'],
    does: 'The duration in the line of a failed POST is 0.',
    looksLike: 'The time is taken after the answer only.',
  },
  {
    name: 'lost-push-of-event-zero',
    rules: ['PUSH-082', 'PUSH-080'],
    does: 'The GMS line of a lost push names event 0.',
    looksLike: 'The index of the carrier event is written instead of that of the event.',
    gate: changedLine(line => line.replace(/Event \d+/, 'Event 0')),
  },
  {
    name: 'lost-pushes-logged-once',
    rules: ['PUSH-082'],
    does: 'Of several lost pushes the first one is logged.',
    looksLike: 'Equal lines are suppressed by their beginning.',
    gate: onlyOnce('DC Chat Server'),
  },
  {
    name: 'pushes-without-node-logged-once',
    rules: ['PUSH-082'],
    does: 'Of several pushes without a node the first one is logged.',
    looksLike: 'The line is written when the state of the group changes.',
    gate: onlyOnce('Trc 59758'),
  },
  {
    name: 'delivered-push-logged-as-lost',
    rules: ['PUSH-082', 'PUSH-080'],
    does: 'Each POST that was answered leaves the line of a lost push.',
    looksLike: 'The line is written whatever the answer was.',
  },
])
