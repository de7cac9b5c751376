import { describe, expect, test } from '@jest/globals';
import { pathBelow } from '../../src/ingresses/path-below.ts';

describe('pathBelow', () => {
  test('joins paths without doubled or trailing slashes', () => {
    expect([
      pathBelow('/dev', '/'),
      pathBelow('/dev', '/api'),
      pathBelow('', '/'),
      pathBelow('', '/api/'),
      pathBelow('/dev', ''),
    ]).toEqual(['/dev', '/dev/api', '/', '/api', '/dev']);
  });
});
