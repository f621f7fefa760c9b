/** One command of the program. `run` gets what the user typed, checked for form; meaning is the command's business. */
export interface Command {
  name: string
  /** One line of the command list. */
  summary: string
  /** What stands after the name and the options: `<file…>`; empty when it takes no words. */
  words: string
  /** What its first word may be, where there are few. */
  choices?: { title: string; each: readonly Choice[] }
  options: readonly OptionDescription[]
  /** The first one is shown in the command list. */
  examples: readonly Example[]
  /** More to say in `--help`, below the options. */
  notes?: string
  /** Everything after `--` goes to another program unread. */
  passesOn?: boolean
  run(typed: Typed): Promise<number>
}

export interface Choice {
  word: string
  does: string
}

export interface Example {
  line: string
  does: string
}

export interface OptionDescription {
  /** Without dashes. */
  name: string
  /** Placeholder of the value (`N`, `FILE`); undefined = a switch. */
  value?: string
  help: string
  /** As shown to the user; the command applies it. */
  default?: string
  repeatable?: boolean
}

/** What was typed after the command's name. */
export interface Typed {
  words: readonly string[]
  /** Last value of an option. */
  value(option: string): string | undefined
  /** All values of a repeatable option, in order. */
  values(option: string): readonly string[]
  has(option: string): boolean
  /** What follows `--`. */
  passedOn: readonly string[]
}
