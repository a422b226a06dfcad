//! The file that a network lives in.

use crate::{JippError, Network};

#[uniffi::export]
impl Network {
    /// Copies the network to a new file while it is in use.
    ///
    /// # Errors
    /// Kind `storage`; `feature-off` for a network in memory; `network-closed`.
    pub fn backup_to(&self, path: String) -> Result<(), JippError> {
        Ok(self.core()?.backup_to(path)?)
    }

    /// What is wrong with the file, each in a line; nothing if all is well.
    ///
    /// # Errors
    /// Kind `storage` if the check itself cannot be made; `network-closed`.
    pub fn verify(&self) -> Result<Vec<String>, JippError> {
        Ok(self.core()?.verify()?.iter().map(ToString::to_string).collect())
    }

    /// Writes a snapshot, so that the next opening is fast: worth its while after much was recorded, when the app goes to
    /// the background.
    ///
    /// # Errors
    /// Kind `storage`; `network-closed`.
    pub fn save_snapshot(&self) -> Result<(), JippError> {
        Ok(self.core()?.save_snapshot()?)
    }

    /// Writes a fresh snapshot and gives unused space back. The journal stays whole.
    ///
    /// # Errors
    /// Kind `storage`; `network-closed`.
    pub fn compact(&self) -> Result<(), JippError> {
        Ok(self.core()?.compact()?)
    }

    /// Shows what another process wrote to a file opened for reading; says whether there was anything.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`; `network-closed`.
    pub fn refresh(&self) -> Result<bool, JippError> {
        Ok(self.core()?.refresh()?)
    }
}
