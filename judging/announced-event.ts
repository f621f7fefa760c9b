import type { SeenPost } from './session-ledger.ts'

/** Index of the event that a POST announces; a notice carries it as the highest notified one (OQ-30). */
export function indexOf(post: SeenPost): number {
  return post.event?.index ?? (post.nextPosition ?? 0) - 1
}

export function isOwnLeave(post: SeenPost): boolean {
  return post.mode === 'payload'
    ? post.event?.isOwn === true && post.event.type === 'ParticipantLeft'
    : post.notifyPosition === -1
}
