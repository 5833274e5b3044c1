import { Progress } from '../ui/progress.js'
import { Text } from '../ui/text.js'
import { Threshold } from '../ui/threshold.js'

/** In place of everything while the server has nothing to show yet; whoever shows it goes on by itself. */
export const PreparingPage = ({ percent }: { percent: number }) => (
  <Threshold
    title="The library is being prepared"
    words="Lists and pages are being made from the record of everything that happened. Nothing is lost, and this page goes on by itself."
  >
    <title>Being prepared · Projectionist</title>
    <Progress value={percent / 100} label="The library is being prepared" className="h-1.5" />
    <Text size="small" className="mt-2 tabular-nums">
      {percent} %
    </Text>
  </Threshold>
)
