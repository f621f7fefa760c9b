import type { AnsweredEvent } from '../../chat/answer.ts'

/**
 * 30-bit print of what must be equal in every copy of an event (CV2-055): type, text and party; index and utcTime are
 * kept beside it. A number an event instead of its text keeps 100,000 sessions in memory; two different events with one
 * print would only hide a difference, never invent one.
 */
export function printOf(event: AnsweredEvent): number {
  let print = mixed(0x2f0b4c47, event.type)
  print = mixed(print, event.text ?? '')
  print = mixed(print, event.from.nickname)
  print = mixed(print, event.from.type)
  return (Math.imul(print ^ event.from.participantId, 0x01000193) >>> 2) | 0
}

export function printOfText(text: string): number {
  return mixed(0x2f0b4c47, text)
}

/** FNV-1a over UTF-16 units; the separator keeps `ab` + `c` apart from `a` + `bc`. */
function mixed(start: number, text: string): number {
  let print = Math.imul(start ^ 0x1f, 0x01000193)
  for (let at = 0; at < text.length; at++) print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  return print
}
