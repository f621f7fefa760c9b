import type { WithoutFault } from '../without-fault.ts'

export const withoutFault: WithoutFault = {
  reasons: [
    {
      because: 'about clients that are not ours, which no fault of a server can show one by one',
      rules: ['BX-180', 'BX-181', 'BX-182', 'BX-184'],
    },
    { because: "about the suite's own client", rules: ['BX-174'] },
  ],
  still: '',
}
