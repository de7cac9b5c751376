import type { Told } from './sink.ts';

/** What GitHub signs with here. */
export const secret = 'what-github-signs-with';

/** A commit whose every digit is the same. */
export const commit = (digit: string): string => digit.repeat(40);

/** A push of a commit to the branch that is built, as GitHub tells of it. */
export const push = (commit: string, change: Told['body'] = {}): Told['body'] => ({
  ref: 'refs/heads/main',
  before: '0'.repeat(40),
  after: commit,
  created: false,
  deleted: false,
  repository: { id: 1, name: 'shop', full_name: 'acme/shop', clone_url: 'https://github.com/acme/shop.git' },
  pusher: { name: 'ada' },
  head_commit: { id: commit, message: 'Orders are rounded' },
  ...change,
});

/** What starts nothing, each in one thing other than what starts a run. */
export const refused: readonly (readonly [string, Told])[] = [
  ['another signature', { body: push(commit('2')), secret: 'something-else' }],
  ['no signature', { body: push(commit('2')) }],
  ['another event', { event: 'create', body: push(commit('2')), secret }],
  ['another branch', { body: push(commit('2'), { ref: 'refs/heads/next' }), secret }],
  ['a branch whose name begins like it', { body: push(commit('2'), { ref: 'refs/heads/main-2' }), secret }],
  ['a tag', { body: push(commit('2'), { ref: 'refs/tags/latest' }), secret }],
  ['a tag that is called like the branch', { body: push(commit('2'), { ref: 'refs/tags/main' }), secret }],
  ['the deletion of the branch', { body: push(commit('0'), { deleted: true }), secret }],
  [
    'another repository, of the same owner',
    { body: push(commit('2'), { repository: { full_name: 'acme/x' } }), secret },
  ],
  ['what is no commit', { body: push('$(touch x)'), secret }],
  ['nothing of what is asked', { body: { zen: 'Keep it logically awesome.' }, secret }],
];
