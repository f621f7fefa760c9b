import type { ClientState } from '../../../protocol/bayeux/client.ts'

/** Soon at first, since nearly every loss is one of the story's own; a target that refuses is not hammered. */
export function pauseMs(failures: number): number {
  return failures > 7 ? 2_000 : 20 * 2 ** (failures - 1)
}

/** How a client is: each failure is told once, however often it comes again. */
export function tellChanges(
  name: string,
  tell: (said: string) => void,
): (state: ClientState, why: string | undefined) => void {
  let last = ''
  return (state, why) => {
    const said = `${name} is ${state}${why === undefined ? '' : `: ${why}`}`
    if (said === last) return
    last = said
    const isAgain = why !== undefined && (state === 'handshaking' || state === 'interrupted')
    tell(isAgain ? `${said}; it tries again, and later each time` : said)
  }
}
