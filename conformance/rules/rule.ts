import type { SourcePage } from './sources.ts'

export const areas = ['chat-v2', 'chat-server', 'push', 'options', 'cometd', 'files', 'bayeux'] as const
export type Area = (typeof areas)[number]

/** What a rule belongs to, and with it what has to exist before the rule can be tested. */
export const features = [
  'async chat',
  'bayeux',
  'cometd',
  'files',
  'restoration',
  'mobile push',
  'notification api',
  'chat v1',
] as const
export type Feature = (typeof features)[number]

export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** D documented, O observed in client code, X decision of this project; DX and DO: documented at the core. */
export type Basis = 'D' | 'O' | 'X' | 'DX' | 'DO'

/** What a test of the rule needs of its target beyond the chat API itself. */
export type Need =
  | 'agent'
  | 'time control'
  | 'push sink'
  | 'configuration'
  | 'server control'
  | 'fault injection'
  | 'node api'
  | 'echo'
  | 'destructive'

export interface Rule {
  /** Never renumbered: a new statement gets a new number, a dropped one leaves a gap. */
  id: string
  level: Level
  basis: Basis
  /** One sentence that a target keeps or breaks. */
  statement: string
  /** Empty: the documentation is silent, and the statement is a decision of this project. */
  source: readonly SourcePage[]
  needs: readonly Need[]
  /** What the documentation leaves open here; the statement is this project's answer. */
  questions?: readonly `OQ-${number}`[]
}

export interface RuleSection {
  area: Area
  section: string
  feature: Feature
  title: string
  rules: readonly Rule[]
}
