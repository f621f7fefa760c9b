import type { Falsification } from './falsification.ts'
import { falsifiedAnswers } from './falsified-answers.ts'
import { falsifiedFrames } from './falsified-frames.ts'
import { falsifiedNotices } from './falsified-notices.ts'
import { falsifiedNotifications, falsifiedResumes } from './falsified-notifications.ts'
import { falsifiedPushes } from './falsified-pushes.ts'
import { falsifiedReplies } from './falsified-replies.ts'

/** The ways in which one event of a run is falsified; each must be found, and nothing else may change. */
export const falsifications: readonly Falsification[] = [
  ...falsifiedPushes,
  ...falsifiedNotices,
  ...falsifiedAnswers,
  ...falsifiedNotifications,
  ...falsifiedResumes,
  ...falsifiedReplies,
  ...falsifiedFrames,
]
