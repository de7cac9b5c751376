/** A mistake, the object that it is put into, what of its JSON is replaced by what, and what is said of it. */
export const mistakes: readonly (readonly [string, string, string, string, string])[] = [
  [
    'a variable that there is none of',
    'Pipeline/orders',
    '$(params.commit)',
    '$(params.nope)',
    'non-existent variable in "$(params.nope)"',
  ],
  [
    'a task that waits for one that waits for it',
    'Pipeline/orders',
    '"name":"fetch",',
    '"name":"fetch","runAfter":["check-lint"],',
    'cycle detected',
  ],
  [
    'a result of a task that there is none of',
    'Pipeline/orders',
    '$(tasks.image-orders.results.digest)',
    '$(tasks.image.results.digest)',
    'referencing a nonexistent task',
  ],
  ['a field of a step that there is none of', 'Task/orders-fetch', '"script"', '"scripts"', 'scripts'],
  [
    'a parameter that is not declared, of what is started',
    'TriggerTemplate/orders',
    '$(tt.params.commit)',
    '$(tt.params.revision)',
    "undeclared param '$(tt.params.revision)'",
  ],
  [
    'a field of a listener that there is none of, which the API server lets pass',
    'EventListener/orders',
    '"interceptors"',
    '"interceptor"',
    'unknown field "interceptor"',
  ],
];
