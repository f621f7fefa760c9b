/**
 * What the receiver sends to a shard over `/triggers?run=…&shard=…`: one line a push, several lines a frame.
 * Comma-separated numbers, because a VU splits them 10 times cheaper than it parses JSON.
 */
export interface Trigger {
  session: number
  /** Receiver's stamp of the POST, epoch ms. */
  receivedMs: number
  /** `nextPosition` of the notification, -1 in device-id mode. */
  nextPosition: number
  /** true = the notification says that the session is over (`chatEnded`) or that the party was removed (position -1). */
  ended: boolean
  /** How long the receiver held its answer on purpose (`--receiver-delay`), ms: the customer could not know before. */
  heldMs: number
}

export function writeTrigger(trigger: Trigger): string {
  return `${trigger.session},${trigger.receivedMs},${trigger.nextPosition},${trigger.ended ? 1 : 0},${trigger.heldMs}`
}

export function readTriggers(frame: string): Trigger[] {
  // One line nearly always, and each call more is felt in a VU.
  return frame.includes('\n') ? frame.split('\n').map(readTrigger) : [readTrigger(frame)]
}

function readTrigger(line: string): Trigger {
  const parts = line.split(',')
  return {
    session: Number(parts[0]),
    receivedMs: Number(parts[1]),
    nextPosition: Number(parts[2]),
    ended: parts[3] === '1',
    heldMs: Number(parts[4]),
  }
}
