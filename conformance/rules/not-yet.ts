import type { Feature } from './rule.ts'

/** Sections of these features are held to their rules: each MUST rule has a test, or stands below. */
export const builtFeatures: readonly Feature[] = ['async chat']

/** A rule that gets its test is taken out here; a test holds that. */
export const notYet: readonly { because: string; rules: readonly string[] }[] = [
  {
    because: 'needs a CometD session, comes with that feature',
    rules: ['CS-008', 'CS-047', 'PUSH-006', 'PUSH-020'],
  },
  {
    because: 'needs sessions that move to another Chat Server, comes with restoration',
    rules: ['CS-105', 'CS-124', 'OPT-042'],
  },
  {
    because: 'about the texts of fcm and ios pushes, comes with mobile push',
    rules: ['PUSH-030', 'OPT-092', 'OPT-097'],
  },
]
