/** One message of a capture, where it stood and its text. */
export interface CapturedMessage {
  /** `pushes.ndjson:3`, `answers.json#2`, or the file alone. */
  place: string
  text: string
}

/**
 * A capture is one message, a JSON array of messages, or a message, a CometD frame or a posted form a line. A text whose first
 * line is no message by itself is one broken message rather than many.
 */
export function capturedMessages(source: string, text: string): CapturedMessage[] {
  const whole = parsed(text)
  if (Array.isArray(whole)) return each(source, whole)
  const lines = text
    .split('\n')
    .map((line, index) => ({ place: `${source}:${index + 1}`, text: line.trim() }))
    .filter(line => line.text !== '')
  const isOne = whole !== undefined || lines.length < 2 || !standsAlone(lines[0]!.text)
  if (isOne) return lines.length === 0 ? [] : [{ place: source, text: text.trim() }]
  return lines.flatMap(line => {
    const frame = parsed(line.text)
    return Array.isArray(frame) ? each(line.place, frame) : [line]
  })
}

function each(source: string, messages: readonly unknown[]): CapturedMessage[] {
  return messages.map((message, index) => ({ place: `${source}#${index + 1}`, text: JSON.stringify(message) }))
}

function standsAlone(line: string): boolean {
  return parsed(line) !== undefined || /^[^={}"\s]+=/.test(line)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
