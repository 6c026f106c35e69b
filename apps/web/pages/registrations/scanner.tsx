import type { IScannerControls } from '@zxing/browser';
import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

type State = 'starting' | 'running' | 'noCamera' | 'denied' | 'insecure';

/** The same code is not reported again within this time: it stays before the camera for a while. */
const PAUSE_MS = 3_000;

/** Reads QR codes with the device's camera and reports each; the reader is loaded only when this is shown. */
export function Scanner({ onCode }: { onCode: (content: string) => void }) {
  const { t } = useTranslation('registrations');
  const video = useRef<HTMLVideoElement>(null);
  const report = useRef(onCode);
  const [state, setState] = useState<State>('starting');
  useEffect(() => {
    report.current = onCode;
  }, [onCode]);
  useEffect(() => {
    let controls: IScannerControls | null = null;
    let stopped = false;
    let last = { content: '', at: 0 };
    const seen = (content: string) => {
      const now = Date.now();
      if (content === last.content && now - last.at < PAUSE_MS) return;
      last = { content, at: now };
      report.current(content);
    };
    void openCamera(video.current!, seen).then((opened) => {
      if (typeof opened === 'string') return setState(opened);
      controls = opened;
      if (stopped) controls.stop();
      else setState('running');
    });
    return () => {
      stopped = true;
      controls?.stop();
    };
  }, []);
  const failed = state !== 'starting' && state !== 'running';
  return (
    <div>
      <video
        ref={video}
        muted
        playsInline
        style={{
          display: failed ? 'none' : 'block',
          width: '100%',
          maxHeight: '50vh',
          borderRadius: 8,
          background: '#111',
          objectFit: 'cover',
        }}
      />
      {failed ? (
        <Alert type="warning" showIcon title={t(`checkIn.${state}`)} data-testid="scanner-problem" />
      ) : (
        <p style={{ textAlign: 'center', margin: '6px 0' }}>
          {t(state === 'starting' ? 'checkIn.starting' : 'checkIn.aim')}
        </p>
      )}
    </div>
  );
}

async function openCamera(
  video: HTMLVideoElement,
  seen: (content: string) => void,
): Promise<IScannerControls | 'noCamera' | 'denied' | 'insecure'> {
  if (!window.isSecureContext || navigator.mediaDevices === undefined) return 'insecure';
  try {
    const { BrowserQRCodeReader } = await import('@zxing/browser');
    const reader = new BrowserQRCodeReader();
    return await reader.decodeFromConstraints(
      { video: { facingMode: { ideal: 'environment' } } },
      video,
      (result) => {
        if (result !== undefined) seen(result.getText());
      },
    );
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'noCamera';
  }
}
