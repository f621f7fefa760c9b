import { expect, test } from 'vitest'
import { expositionText } from './exposition.ts'

test('a text has HELP, TYPE and samples of each family, and escapes what labels and help may hold', () => {
  const text = expositionText([
    { name: 'a_total', type: 'counter', help: 'one\\two\nthree "four"', samples: [{ labels: {}, value: 3 }] },
    { name: 'b', type: 'gauge', help: 'none', samples: [] },
    {
      name: 'c_seconds',
      type: 'histogram',
      help: 'c',
      samples: [
        { suffix: '_bucket', labels: { run: 'x"\\\n</script>', le: '+Inf' }, value: Number.POSITIVE_INFINITY },
        { suffix: '_sum', labels: { run: '' }, value: 0.25 },
      ],
    },
  ])
  expect(text.split('\n')).toEqual([
    '# HELP a_total one\\\\two\\nthree "four"',
    '# TYPE a_total counter',
    'a_total 3',
    '# HELP c_seconds c',
    '# TYPE c_seconds histogram',
    'c_seconds_bucket{run="x\\"\\\\\\n</script>",le="+Inf"} +Inf',
    'c_seconds_sum{run=""} 0.25',
    '',
  ])
})
