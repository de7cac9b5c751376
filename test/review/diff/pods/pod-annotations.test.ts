import { describe, expect, test } from '@jest/globals';
import { configChecksum, credentialGeneration } from '../../../../src/constructs/annotations.ts';
import { podMarkerAt } from '../../../../src/review/diff/pods/pod-annotations.ts';

const at = (annotation: string) => podMarkerAt(['metadata', 'annotations', annotation]);

describe('an annotation that only makes new pods', () => {
  test('is what the constructs write', () => {
    expect(at(configChecksum)).toEqual({ kind: 'checksum' });
    expect(at(credentialGeneration('bank-token'))).toEqual({ kind: 'credential', credential: 'bank-token' });
  });

  test('is what Helm charts and kubectl write', () => {
    expect(at('checksum/config')).toEqual({ kind: 'checksum' });
    expect(at('kubectl.kubernetes.io/restartedAt')).toEqual({ kind: 'restart' });
  });

  test('is no other annotation, and no label', () => {
    expect(at('prometheus.io/scrape')).toBeUndefined();
    expect(podMarkerAt(['metadata', 'labels', configChecksum])).toBeUndefined();
  });
});
