import { type BayeuxMessage, parseMessages } from '../bayeux/message.ts'
import type { Arrival, AskedMessage } from '../checks/bayeux/arrivals.ts'

/**
 * What a shard tells of Bayeux messages that came together: what they may answer, which of them it tells as rows of their
 * own, and the text as it came. Put together from texts, since whatever a VU does once a message costs it.
 */
export type ArrivalTexts = Pick<Arrival, 'asked' | 'told' | 'messages' | 'text'>

const separator = '\t'

/** One or several requests of our own: `"id","channel",1`, 1 where a connect asks to be answered at once. */
export function askedText(messages: readonly BayeuxMessage[]): string {
  let text = ''
  for (const { id, channel, advice } of messages) {
    if (text !== '') text += ','
    text += `["${id}",${quoted(channel!)},${advice?.timeout === 0 ? 1 : 0}]`
  }
  return text
}

/** Nearly all are the same few. */
const quotedChannels = new Map<string, string>()
function quoted(channel: string): string {
  let text = quotedChannels.get(channel)
  if (text === undefined) {
    text = JSON.stringify(channel)
    quotedChannels.set(channel, text)
  }
  return text
}

/** @param asked texts of `askedText`, joined by commas; `told`: places in the array, joined by commas. */
export function arrivalText(asked: string, told: string, text: string): string {
  return asked + separator + told + separator + text
}

export function readArrival(row: string): ArrivalTexts {
  const [asked = '', told = ''] = row.split(separator, 2)
  const text = row.slice(asked.length + told.length + 2 * separator.length)
  const list = text.trimStart().startsWith('[') ? parseMessages(text) : undefined
  return {
    asked: askedOf(asked),
    told: new Set(told === '' ? [] : told.split(',').map(Number)),
    messages: list && list.length > 0 ? list : undefined,
    text,
  }
}

function askedOf(text: string): AskedMessage[] {
  const rows = JSON.parse(`[${text}]`) as [id: string, channel: string, isAtOnce: 0 | 1][]
  return rows.map(([id, channel, isAtOnce]) => ({ id, channel, isAtOnce: isAtOnce === 1 }))
}
