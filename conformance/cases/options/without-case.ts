import type { WithoutCase } from '../without-case.ts'

export const withoutCase: WithoutCase = {
  reasons: [
    {
      because: 'not built yet: the reference server shows its metrics on the health page and writes none into the log',
      rules: ['OPT-072', 'OPT-073'],
    },
  ],
  still: '',
}
