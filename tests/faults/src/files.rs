//! What of a file is on the disk for good, and what is only on its way there.

/// Bytes that a disk writes as a whole.
const SECTOR: usize = 512;

/// Something done to a file since it was last waited for.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Write { at: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// A file: what survives a power cut for sure, and the steps since, each of which may survive or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Image {
    durable: Vec<u8>,
    steps: Vec<Step>,
}

impl Image {
    pub(crate) fn new(durable: Vec<u8>) -> Self {
        Self { durable, steps: Vec::new() }
    }

    pub(crate) fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Everything up to here is on the disk.
    pub(crate) fn sync(&mut self) {
        for step in self.steps.drain(..) {
            apply(&mut self.durable, &step);
        }
    }

    /// The file as the system shows it.
    pub(crate) fn now(&self) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        self.steps.iter().for_each(|step| apply(&mut bytes, step));
        bytes
    }

    /// A file as a power cut may leave it: of each step `chance` says whether it was lost (0), done (1) or, if it is a
    /// write, broken off after some sectors (2 and more).
    pub(crate) fn after_cut(&self, chance: &mut dyn FnMut(u64) -> u64) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        for step in &self.steps {
            match (chance(4), step) {
                (0, _) => {}
                (2.., Step::Write { at, bytes: all }) => {
                    let sectors = chance((all.len() / SECTOR) as u64 + 1);
                    let kept = usize::try_from(sectors).unwrap_or(0) * SECTOR;
                    let bytes_kept = all[..kept.min(all.len())].to_vec();
                    apply(&mut bytes, &Step::Write { at: *at, bytes: bytes_kept });
                }
                _ => apply(&mut bytes, step),
            }
        }
        bytes
    }
}

fn apply(file: &mut Vec<u8>, step: &Step) {
    match step {
        Step::Truncate(length) => file.truncate(*length),
        Step::Write { bytes, .. } if bytes.is_empty() => {}
        Step::Write { at, bytes } => {
            let end = at + bytes.len();
            if file.len() < end {
                file.resize(end, 0);
            }
            file[*at..end].copy_from_slice(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Image {
        let mut image = Image::new(vec![1; 1024]);
        image.push(Step::Write { at: 1024, bytes: vec![2; 1024] });
        image.push(Step::Truncate(1536));
        image
    }

    #[test]
    fn what_was_waited_for_survives() {
        let mut image = written();
        image.sync();
        assert_eq!(image.after_cut(&mut |_| 0), image.now());
        assert_eq!(image.now().len(), 1536);
    }

    #[test]
    fn what_was_not_may_be_lost_whole_or_in_part() {
        let image = written();
        assert_eq!(image.after_cut(&mut |_| 0), vec![1; 1024]);
        assert_eq!(image.after_cut(&mut |_| 1), image.now());
        // Broken off after one sector of the two.
        let mut answers = [2, 1, 0].into_iter();
        let torn = image.after_cut(&mut |_| answers.next().unwrap_or(0));
        assert_eq!(torn, [vec![1; 1024], vec![2; 512]].concat());
    }
}
