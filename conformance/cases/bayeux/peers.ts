import { cases } from '../../case.ts'

/** Tried by clients that are not ours, in tests of their own: what they do cannot be said message by message. */
export const peers = cases('bayeux', 'peers', [])
